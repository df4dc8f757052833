/**
 * Leaves out what is not needed for something to hold: halves first, then smaller and smaller parts (delta debugging).
 * Nothing shorter was tried in vain that `holds` did not refuse.
 */
export async function shorterList<T>(
  items: readonly T[],
  holds: (items: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (items.length === 0 || (await holds([]))) return [];
  let kept = items;
  let parts = 2;
  while (kept.length > 1) {
    const fewer = await withoutOnePart(kept, parts, holds);
    if (fewer) {
      kept = fewer;
      parts = Math.max(2, parts - 1);
    } else if (parts >= kept.length) return kept;
    else parts = Math.min(kept.length, 2 * parts);
  }
  return kept;
}

async function withoutOnePart<T>(
  items: readonly T[],
  parts: number,
  holds: (items: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  const size = Math.ceil(items.length / parts);
  for (let from = 0; from < items.length; from += size) {
    const rest = [...items.slice(0, from), ...items.slice(from + size)];
    if (rest.length > 0 && (await holds(rest))) return rest;
  }
  return undefined;
}
