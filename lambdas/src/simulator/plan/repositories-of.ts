import type { Config } from '../../core/config.ts';

const usualOwner = 'acme';
const usualNames = ['app', 'api', 'web', 'infra', 'docs'];

/** Whose jobs come: those of the owners and repositories that the configuration names, else those of an invented one. */
export function repositoriesOf({ fleets, repositoryAllowList }: Config): readonly string[] {
  const served = fleets.flatMap(({ owners }) => owners);
  const named = repositoryAllowList.length > 0 ? repositoryAllowList : served;
  const all = named.length > 0 ? named : [usualOwner];
  return [
    ...new Set(all.flatMap((name) => (name.includes('/') ? [name] : usualNames.map((repo) => `${name}/${repo}`)))),
  ];
}
