import * as v from 'valibot';
import { MalformedError } from '../../../core/errors.ts';
import type { Scope } from '../../../core/lane.ts';
import type { Registration } from '../../../ports/forge.ts';
import { readAs } from '../strict-reading.ts';
import type { Ask } from './app-client.ts';
import type { GithubState } from './github-state.ts';
import { pages } from './pages.ts';
import { type Place, placeOf } from './scope.ts';

const pageSchema = v.object({
  total_count: v.number(),
  runners: v.array(
    v.object({
      id: v.pipe(v.number(), v.safeInteger()),
      name: v.string(),
      status: v.string(),
      busy: v.boolean(),
      labels: v.array(v.object({ name: v.string() })),
    }),
  ),
});

export async function* listRunners({ installations }: GithubState, scope: Scope): AsyncGenerator<Registration> {
  const place = placeOf(scope);
  yield* runnersOf(await installations.any(place), place);
}

/** The runners of a place, or those of one name. Throws when the pages together lack some that were counted. */
export async function* runnersOf(ask: Ask, place: Place, name?: string): AsyncGenerator<Registration> {
  const seen = new Set<string>();
  let read = 0;
  let counted = 0;
  for await (const data of pages(ask, `GET ${place.path}/actions/runners`, name ? { name } : {})) {
    const page = readAs(pageSchema, data, 'The list of runners');
    read += page.runners.length;
    counted = page.total_count;
    for (const runner of page.runners.map(registrationOf)) {
      // A runner that came while we read moves others onto the next page.
      if (!seen.has(runner.id)) yield runner;
      seen.add(runner.id);
    }
  }
  if (read < counted) throw new MalformedError(`The list of runners of ${place.webPath} lacks ${counted - read}`);
}

const registrationOf = (runner: v.InferOutput<typeof pageSchema>['runners'][number]): Registration => ({
  id: String(runner.id),
  name: runner.name,
  online: runner.status === 'online',
  busy: runner.busy,
  labels: runner.labels.map(({ name }) => name),
});
