/** FNV-1a, 32 bits, from any start. */
function fnv(text: string, start: number): number {
  let hash = start;
  for (let place = 0; place < text.length; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}

const hex = (number: number): string => number.toString(16).padStart(8, '0');

/** A short name for a text, to see that it changed. Not for secrets: anyone can make two texts with the same one. */
export const textHash = (text: string): string => hex(fnv(text, 0x811c9dc5)) + hex(fnv(text, 0x050c5d1f));

/** The same for any plain value, whatever the order of its fields. */
export const valueHash = (value: unknown): string => textHash(JSON.stringify(value, sorted));

const sorted = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
