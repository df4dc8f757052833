/** A list that comes page by page. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; undefined: there is none. */
  readonly next: number | undefined;
}

/** Reads a page when the one before it is used up. Written out, as a generator makes five promises of each item. */
export function paged<Item>(read: (from: number) => Promise<ListPage<Item>>): AsyncIterable<Item> {
  return { [Symbol.asyncIterator]: () => pageReader(read) };
}

function pageReader<Item>(read: (from: number) => Promise<ListPage<Item>>): AsyncIterator<Item> {
  let page: ListPage<Item> = { items: [], next: 0 };
  let place = 0;
  const goOn = async (): Promise<IteratorResult<Item>> => {
    while (place === page.items.length) {
      if (page.next === undefined) return { done: true, value: undefined };
      page = await read(page.next);
      place = 0;
    }
    return { done: false, value: page.items[place++] as Item };
  };
  return {
    next: () =>
      place < page.items.length ? Promise.resolve({ done: false, value: page.items[place++] as Item }) : goOn(),
  };
}
