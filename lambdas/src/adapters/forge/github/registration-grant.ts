import * as v from 'valibot';
import { after } from '../../../core/instant.ts';
import type { RunnerGrant, RunnerSpec } from '../../../ports/forge.ts';
import { readAs } from '../strict-reading.ts';
import type { Ask } from './app-client.ts';
import type { GithubState } from './github-state.ts';
import type { Place } from './scope.ts';

/** A token that is handed out must outlast the boot of the machine that gets it. */
const bootSeconds = 900;

const tokenSchema = v.object({ token: v.pipe(v.string(), v.minLength(1)), expires_at: v.string() });

/**
 * For a runner that takes many jobs: `config.sh` reads its answers from this environment. One token serves all runners
 * of a place for most of its hour. The runner has no id before it registers itself, so the grant's is empty, and the
 * registration is found by its name.
 */
export async function registrationGrant(
  state: GithubState,
  ask: Ask,
  place: Place,
  spec: RunnerSpec,
): Promise<RunnerGrant> {
  const { token, expiresAt } = await state.tokens.get(`${spec.app} ${place.path}`, async () => {
    const { data } = await ask(`POST ${place.path}/actions/runners/registration-token`);
    const read = readAs(tokenSchema, data, 'The registration token');
    const value = { token: read.token, expiresAt: Date.parse(read.expires_at) };
    return { value, until: after(value.expiresAt, -bootSeconds) };
  });
  const group = place.kind === 'repo' ? {} : { ACTIONS_RUNNER_INPUT_RUNNERGROUP: spec.runnerGroup };
  return {
    registration: { id: '', name: spec.name },
    singleUse: false,
    expiresAt,
    boot: {
      argv: [],
      env: {
        ACTIONS_RUNNER_INPUT_UNATTENDED: 'true',
        ACTIONS_RUNNER_INPUT_URL: `${state.url}/${place.webPath}`,
        ACTIONS_RUNNER_INPUT_TOKEN: token,
        ACTIONS_RUNNER_INPUT_NAME: spec.name,
        ACTIONS_RUNNER_INPUT_LABELS: spec.labels.join(','),
        ...group,
      },
    },
  };
}
