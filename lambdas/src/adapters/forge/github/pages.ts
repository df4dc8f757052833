import type { Ask } from './app-client.ts';

export interface Page {
  readonly data: unknown;
  /** The parameters of the page after this one. */
  readonly next: Readonly<Record<string, string>> | undefined;
}

export const pageSize = 100;

/**
 * One page of a list. Octokit's own paging is not used, because it takes a 409 for an empty page and follows links to
 * wherever they lead; here only the link's parameters are believed.
 */
export async function onePage(
  ask: Ask,
  route: string,
  parameters: Readonly<Record<string, unknown>> = {},
  expected: readonly number[] = [],
): Promise<Page & { readonly status: number }> {
  const { status, data, link } = await ask(route, { per_page: pageSize, ...parameters }, expected);
  const next = /<([^<>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return { status, data, next: next ? Object.fromEntries(new URL(next, 'http://any').searchParams) : undefined };
}

/** All pages of a list, in order; an error rather than a missing page. */
export async function* pages(
  ask: Ask,
  route: string,
  parameters: Readonly<Record<string, unknown>> = {},
): AsyncGenerator<unknown> {
  let page = await onePage(ask, route, parameters);
  yield page.data;
  while (page.next) {
    page = await onePage(ask, route, { ...parameters, ...page.next });
    yield page.data;
  }
}
