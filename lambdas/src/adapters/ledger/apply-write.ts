import type { Attributes, Condition, Key, Value, Write } from './table.ts';

/** The indexes of the writes whose conditions do not hold; all are judged against the rows as they stand before. */
export function failedWrites(
  writes: readonly Write[],
  attributesOf: (key: Key) => Attributes | undefined,
): readonly number[] {
  const failed: number[] = [];
  writes.forEach((write, index) => {
    if (write.if === undefined) return;
    const attributes = attributesOf(write.key);
    if (!write.if.every((condition) => holds(condition, attributes))) failed.push(index);
  });
  return failed;
}

/** The row's attributes after the write; undefined: no row. */
export function applyWrite(write: Write, before: Attributes | undefined): Attributes | undefined {
  switch (write.kind) {
    case 'put':
      return write.attributes;
    case 'update': {
      const changed: Record<string, Value> = { ...without(before, write.remove), ...write.set };
      for (const [name, more] of Object.entries(write.add ?? {})) changed[name] = sumOf(name, before?.[name], more);
      return changed;
    }
    case 'delete':
      return undefined;
    case 'check':
      return before;
  }
}

/** When a row may vanish, in milliseconds; undefined: never. */
export function vanishesAt(attributes: Attributes): number | undefined {
  return typeof attributes.expiresAt === 'number' ? attributes.expiresAt * 1000 : undefined;
}

function holds(condition: Condition, attributes: Attributes | undefined): boolean {
  if ('row' in condition) return (condition.row === 'present') === (attributes !== undefined);
  const value = attributes?.[condition.attribute];
  switch (condition.is) {
    case 'absent':
      return value === undefined;
    case 'present':
      return value !== undefined;
    case 'equal':
      return value === condition.value;
    case 'at-most':
    case 'above':
      if (value === undefined) return condition.orAbsent === true;
      return typeof value === 'number' && value <= condition.value === (condition.is === 'at-most');
  }
}

function without(attributes: Attributes | undefined, names: readonly string[] = []): Attributes | undefined {
  if (attributes === undefined || !names.some((name) => name in attributes)) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}

function sumOf(name: string, before: Value | undefined, more: number): number {
  if (before !== undefined && typeof before !== 'number') throw new TypeError(`${name} is no number to add to.`);
  return (before ?? 0) + more;
}
