import type { Attributes, Value, Write } from './table.ts';

/** The write with frozen copies of what it brings: neither its writer nor a reader may change what is stored. */
export function ownedWrite(write: Write): Write {
  if (write.kind === 'put') return { ...write, attributes: frozenCopy(write.attributes) };
  // Scalars are copied with the row that they are set in.
  return write.kind === 'update' && write.set && !isFlat(write.set) ? { ...write, set: frozenCopy(write.set) } : write;
}

function isFlat(attributes: Attributes): boolean {
  for (const name in attributes) if (typeof attributes[name] === 'object') return false;
  return true;
}

function frozenCopy<Kind extends Value>(value: Kind): Kind {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as Kind;
  // All at once, then mended: several times faster than field by field, and rows alike stay alike to the engine.
  const copy: Record<string, Value> = { ...(value as Attributes) };
  for (const name in copy) copy[name] = frozenCopy(copy[name] as Value);
  return Object.freeze(copy) as Kind;
}
