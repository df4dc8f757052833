const minute = 60_000;

/** The shortest window, of a few round ones, that holds the history. */
export function windowOf(history) {
  const span = history.length === 0 ? 0 : history.at(-1).at - history[0].at;
  return [1, 2, 5, 10].map((minutes) => minutes * minute).find((window) => span <= window) ?? 10 * minute;
}

/** A limit far above everything else would press the rest flat: then it stays off the chart. */
export function countTicks(history) {
  const most = Math.max(1, ...history.map(({ demand, supply, busy }) => Math.max(demand, supply, busy)));
  const limit = Math.max(0, ...history.map((sample) => sample.limit));
  return ticksTo(limit <= 3 * most ? Math.max(most, limit) : most);
}

/** Milliseconds before the end of the window, and what to call them. */
export function timeTicks(window, isNarrow) {
  const parts = isNarrow ? 2 : window <= 2 * minute ? 4 : 5;
  return Array.from({ length: parts + 1 }, (_, index) => {
    const before = (window / parts) * index;
    return {
      before,
      text: before === 0 ? 'now' : before % minute === 0 ? `−${before / minute} min` : `−${before / 1000} s`,
    };
  });
}

/** From 0 past `most` in at most five equal steps of 1, 2, 5, 10, 20, 50, … */
function ticksTo(most) {
  for (let unit = 1; ; unit *= 10) {
    const step = [1, 2, 5].map((times) => times * unit).find((size) => most <= 5 * size);
    if (step !== undefined) return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
  }
}
