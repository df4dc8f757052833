import type { Scope } from '../../../core/lane.ts';
import type { RunnerRef } from '../../../ports/forge.ts';
import type { Ask } from './app-client.ts';
import type { GithubState } from './github-state.ts';
import { runnersOf } from './list-runners.ts';
import { type Place, placeOf } from './scope.ts';
import { GithubError } from './translate-error.ts';

/** The answer of the deletion is the only authority: GitHub's list may call a busy runner idle. */
export async function removeRunner(
  { installations }: GithubState,
  scope: Scope,
  ref: RunnerRef,
): Promise<'removed' | 'busy' | 'absent'> {
  const place = placeOf(scope);
  const ask = await installations.any(place);
  const id = ref.id || (await idOf(ask, place, ref.name));
  if (!id) return 'absent';

  const route = `DELETE ${place.path}/actions/runners/{runner_id}`;
  const { status, words } = await ask(route, { runner_id: id }, [400, 404, 422]);
  if (status === 404) return 'absent';
  // Older deployments answer 400 to the same; any other 400 is not known, and so not an answer.
  if (status === 400 && !/running|busy/i.test(words)) {
    throw new GithubError(`GitHub answered 400 to the removal of a runner of ${place.webPath}: ${words}`, 400);
  }
  return status === 204 ? 'removed' : 'busy';
}

/** Compared here as well: older servers do not know the parameter and list them all. */
async function idOf(ask: Ask, place: Place, name: string): Promise<string | undefined> {
  for await (const runner of runnersOf(ask, place, name)) if (runner.name === name) return runner.id;
  return undefined;
}
