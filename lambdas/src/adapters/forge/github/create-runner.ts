import * as v from 'valibot';
import { DeniedError, NameTakenError } from '../../../core/errors.ts';
import type { RunnerGrant, RunnerSpec } from '../../../ports/forge.ts';
import { readAs } from '../strict-reading.ts';
import type { Ask } from './app-client.ts';
import type { GithubState } from './github-state.ts';
import { registrationGrant } from './registration-grant.ts';
import { type Place, placeOf } from './scope.ts';
import { GithubError } from './translate-error.ts';

const jitSchema = v.object({
  runner: v.object({ id: v.pipe(v.number(), v.safeInteger()), name: v.string() }),
  encoded_jit_config: v.pipe(v.string(), v.minLength(1)),
});

/** A single-use runner gets a just-in-time configuration, any other one a token with which it registers itself. */
export async function createRunner(state: GithubState, spec: RunnerSpec): Promise<RunnerGrant> {
  const place = placeOf(spec.scope);
  const ask = await state.installations.of(spec.app, place);
  const group = await state.groups.idOf(ask, place, spec.runnerGroup);
  return spec.ephemeral ? jitGrant(state, ask, place, spec, group) : registrationGrant(state, ask, place, spec);
}

async function jitGrant(
  state: GithubState,
  ask: Ask,
  place: Place,
  spec: RunnerSpec,
  group: number,
): Promise<RunnerGrant> {
  const body = { name: spec.name, runner_group_id: group, labels: [...spec.labels], work_folder: '_work' };
  const route = `POST ${place.path}/actions/runners/generate-jitconfig`;
  const { status, data, words } = await ask(route, body, [404, 409, 422]);
  if (status === 404) {
    // Either the group or the installation is no longer what it was when it was looked up.
    state.groups.forget(place, spec.runnerGroup);
    state.installations.forget(place);
    throw new DeniedError(denial(spec, place));
  }
  if (status === 409 || (status === 422 && /already exists/i.test(words))) {
    throw new NameTakenError(`A runner named ${spec.name} exists in ${place.webPath}`);
  }
  if (status === 422)
    throw new GithubError(`GitHub refuses the runner ${spec.name} of ${place.webPath}: ${words}`, 422);

  const { runner, encoded_jit_config } = readAs(jitSchema, data, 'The just-in-time configuration');
  return {
    registration: { id: String(runner.id), name: runner.name },
    singleUse: true,
    // In the environment, which only the runner's own user can read; arguments are for everybody to see.
    boot: { argv: [], env: { ACTIONS_RUNNER_INPUT_JITCONFIG: encoded_jit_config } },
  };
}

const rights: Readonly<Record<Place['kind'], string>> = {
  org: 'the organization permission "Self-hosted runners: write"',
  repo: 'the repository permission "Administration: write"',
  enterprise: 'the enterprise permission "Self-hosted runners: write"',
};

const denial = (spec: RunnerSpec, place: Place): string =>
  `${spec.app} may not make runners in ${place.webPath} with the group "${spec.runnerGroup}": ` +
  `give it ${rights[place.kind]}, accept that where it is installed, and see that the group exists`;
