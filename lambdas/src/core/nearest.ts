/** Longer words are cut here: names are short, and the work grows with the square of the length. */
const lengthLimit = 64;

/** How people vary a name without misspelling it: `idle_config`, `Idle-Config`, `idleConfig`. */
const bare = (word: string): string =>
  word
    .slice(0, lengthLimit)
    .toLowerCase()
    .replace(/[\s_-]/g, '');

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current: number[] = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

/** The name that was probably meant, for "did you mean"; undefined when none is near. The first of equals wins. */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  const wanted = bare(word);
  // One slip in three letters is a misspelling; more is another word.
  const limit = Math.floor(wanted.length / 3);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const candidate = bare(name);
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, candidate);
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { name, distance };
  }
  return best?.name;
}
