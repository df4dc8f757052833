import type { World } from '../world.ts';

/** Where an answer's addresses point. */
export interface Addresses {
  /** The web pages: `http://127.0.0.1:4000`. */
  readonly web: string;
  /** The REST API: `http://127.0.0.1:4000/api/v3`. */
  readonly rest: string;
}

/** As an Enterprise Server has them. */
export function addressesOf(world: World): Addresses {
  const web = world.baseUrl();
  return { web, rest: `${web}/api/v3` };
}
