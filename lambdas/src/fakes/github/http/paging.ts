export interface Page<Item> {
  readonly items: readonly Item[];
  /** For the `Link` header; empty where there is only one page. */
  readonly headers: Readonly<Record<string, string>>;
}

const largestPage = 100;

/** GitHub silently takes 100 for more. */
export const perPageOf = (query: Readonly<Record<string, string>>): number =>
  Math.min(largestPage, Math.max(1, Number(query.per_page ?? 30)));

/** One page out of a whole list, by `per_page` and `page`. */
export function pageOf<Item>(all: readonly Item[], url: string, query: Readonly<Record<string, string>>): Page<Item> {
  const size = perPageOf(query);
  const page = Math.max(1, Number(query.page ?? 1));
  const last = Math.max(1, Math.ceil(all.length / size));
  const others = { prev: page > 1 ? page - 1 : 0, next: page < last ? page + 1 : 0, last: page < last ? last : 0 };
  const links = Object.entries(others)
    .filter(([, number]) => number > 0)
    .map(([relation, number]) => linkTo(url, { ...query, page: String(number) }, relation));
  const items = all.slice((page - 1) * size, page * size);
  return { items, headers: links.length > 0 ? { Link: links.join(', ') } : {} };
}

export function linkTo(url: string, query: Readonly<Record<string, string>>, relation: string): string {
  return `<${url}?${new URLSearchParams(query)}>; rel="${relation}"`;
}
