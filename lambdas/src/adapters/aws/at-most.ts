/** Runs `work` over all items, at most `limit` at a time; the answers in the items' order. The first error ends it. */
export async function atMost<Item, Answer>(
  limit: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await work(items[index] as Item);
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, worker);
  try {
    await Promise.all(workers);
  } finally {
    // None is left running behind the caller's back: it would still write after the error was told.
    next = items.length;
    await Promise.allSettled(workers);
  }
  return answers;
}
