import { type Attributes, transactionLimit, type Write } from './table.ts';

/** How long a token is remembered. */
export const tokenSeconds = 600;

/** The rows of a page: as many as were asked for, and no more than the table's own limit. */
export function pageSize(limit: number | undefined, pageLimit: number): number {
  if (limit !== undefined && !(limit >= 1)) throw new RangeError(`A page has at least 1 row, not ${limit}.`);
  return Math.min(limit ?? pageLimit, pageLimit);
}

/** Refuses what DynamoDB refuses as a malformed request, so that no ledger passes here and fails there. */
export function checkWrites(writes: readonly Write[]): void {
  if (writes.length < 1 || writes.length > transactionLimit) {
    throw new RangeError(`A transaction has 1 to ${transactionLimit} writes, not ${writes.length}.`);
  }
  const seen = new Set<string>();
  for (const write of writes) {
    const name = JSON.stringify([write.key.pk, write.key.sk]);
    if (write.key.pk === '' || write.key.sk === '') throw new TypeError(`A key has an empty part: ${name}.`);
    if (seen.has(name)) throw new TypeError(`A transaction writes no row twice: ${name}.`);
    seen.add(name);
    checkWrite(write, name);
  }
}

function checkWrite(write: Write, name: string): void {
  if (write.kind === 'check' && !write.if?.length) throw new TypeError(`A check needs a condition: ${name}.`);
  if (write.kind === 'put') checkAttributes(write.attributes, name);
  if (write.kind === 'update') {
    const touched = [...Object.keys(write.set ?? {}), ...Object.keys(write.add ?? {}), ...(write.remove ?? [])];
    const twice = touched.find((attribute, index) => touched.indexOf(attribute) !== index);
    if (twice !== undefined) throw new TypeError(`An update changes no attribute twice: ${twice} of ${name}.`);
    checkAttributes(write.set ?? {}, name);
    checkAttributes(write.add ?? {}, name);
  }
}

function checkAttributes(attributes: Attributes, name: string): void {
  if ('pk' in attributes || 'sk' in attributes) throw new TypeError(`pk and sk are no attributes: ${name}.`);
  for (const [attribute, value] of Object.entries(attributes)) checkValue(value, `${attribute} of ${name}`);
}

function checkValue(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object') throw new TypeError(`A row holds no ${String(value)}: ${path}.`);
  for (const [name, inner] of Object.entries(value)) checkValue(inner, `${name} in ${path}`);
}
