/** The first `count` in that order; none where it is not above 0. Of thousands a few are wanted, so the others are not sorted. */
export function firstInOrder<T>(items: readonly T[], count: number, order: (a: T, b: T) => number): readonly T[] {
  if (count <= 0) return [];
  if (count >= items.length) return [...items].sort(order);
  const first: T[] = [];
  for (const item of items) {
    if (first.length === count && order(item, first[count - 1] as T) >= 0) continue;
    first.splice(placeOf(item, first, order), 0, item);
    if (first.length > count) first.pop();
  }
  return first;
}

/** Behind all that come before it, and those that are level with it. */
function placeOf<T>(item: T, sorted: readonly T[], order: (a: T, b: T) => number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (order(sorted[middle] as T, item) <= 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
