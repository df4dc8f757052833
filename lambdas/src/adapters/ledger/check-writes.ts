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
  for (const write of writes) checkWrite(write);
  if (writes.length > 1) checkRows(writes);
}

function checkRows(writes: readonly Write[]): void {
  const seen = new Map<string, Set<string>>();
  for (const write of writes) {
    const { pk, sk } = write.key;
    const inPartition = seen.get(pk);
    if (inPartition?.has(sk)) throw new TypeError(`A transaction writes no row twice: ${nameOf(write)}.`);
    if (inPartition === undefined) seen.set(pk, new Set([sk]));
    else inPartition.add(sk);
  }
}

const nameOf = ({ key }: Write): string => JSON.stringify([key.pk, key.sk]);

function checkWrite(write: Write): void {
  if (write.key.pk === '' || write.key.sk === '') throw new TypeError(`A key has an empty part: ${nameOf(write)}.`);
  if (write.kind === 'check' && !write.if?.length) throw new TypeError(`A check needs a condition: ${nameOf(write)}.`);
  if (write.kind === 'put') checkAttributes(write.attributes, write);
  if (write.kind === 'update') {
    const touched = [...Object.keys(write.set ?? {}), ...Object.keys(write.add ?? {}), ...(write.remove ?? [])];
    const twice = touched.find((attribute, index) => touched.indexOf(attribute) !== index);
    if (twice !== undefined) throw new TypeError(`An update changes no attribute twice: ${twice} of ${nameOf(write)}.`);
    checkAttributes(write.set ?? {}, write);
    checkAttributes(write.add ?? {}, write);
  }
}

function checkAttributes(attributes: Attributes, write: Write): void {
  if ('pk' in attributes || 'sk' in attributes) throw new TypeError(`pk and sk are no attributes: ${nameOf(write)}.`);
  checkValues(attributes, write);
}

function checkValues(values: Readonly<Record<string, unknown>>, write: Write, path = ''): void {
  for (const name in values) {
    const value = values[name];
    if (isScalar(value)) continue;
    const inner = `${path}/${name}`;
    if (typeof value !== 'object') throw new TypeError(`A row holds no ${value}: ${inner} of ${nameOf(write)}.`);
    checkValues(value as Readonly<Record<string, unknown>>, write, inner);
  }
}

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
