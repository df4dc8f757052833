import type { Installation } from '../accounts.ts';
import type { Answer } from '../http/call.ts';
import type { World } from '../world.ts';

/** Who calls: the App with its JWT, or one of its installations with a token. */
export type Caller =
  | { readonly kind: 'app'; readonly jwt: string }
  | { readonly kind: 'installation'; readonly installation: Installation };

/** A request that is well formed, allowed, and about something that the caller may see. */
export interface RestRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The address it was sent to, for links to other pages. */
  readonly url: string;
  readonly caller: Caller;
}

/** One operation of GitHub's REST API. `template` is its path in GitHub's own description. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly template: string;
  readonly caller: Caller['kind'];
  answer(world: World, request: RestRequest): Answer;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a path. */
export function router(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.template) }));
  return (method, path) => {
    for (const { route, pattern } of patterns) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match) return { route, params: decoded(match.groups ?? {}) };
    }
    return undefined;
  };
}

const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
