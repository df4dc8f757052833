import * as v from 'valibot';
import { ConfigError } from '../../../core/errors.ts';
import { after } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';
import { expiringCache } from '../expiring-cache.ts';
import { readAs } from '../strict-reading.ts';
import type { Ask } from './app-client.ts';
import { pages } from './pages.ts';
import type { Place } from './scope.ts';

const knownSeconds = 3600;
/** GitHub's own group, which every place has and which cannot be renamed. */
const defaultGroup = { name: 'default', id: 1 };

const groupsSchema = v.object({
  runner_groups: v.array(v.object({ id: v.pipe(v.number(), v.safeInteger()), name: v.string() })),
});

export interface RunnerGroups {
  /** Throws `ConfigError` for a group that is not there. */
  idOf(ask: Ask, place: Place, name: string): Promise<number>;
  /** The place was refused: the next look is a fresh one. */
  forget(place: Place, name: string): void;
}

export function runnerGroups(clock: Pick<Clock, 'now'>): RunnerGroups {
  const ids = expiringCache<number>(clock);
  const keyOf = (place: Place, name: string): string => `${place.path} ${name}`.toLowerCase();
  return {
    async idOf(ask, place, name) {
      if (name.toLowerCase() === defaultGroup.name) return defaultGroup.id;
      if (place.kind === 'repo') throw noGroup(place, name, 'repositories have only the group "Default"');
      return ids.get(keyOf(place, name), async () => ({
        value: await lookUp(ask, place, name),
        until: after(clock.now(), knownSeconds),
      }));
    },
    forget: (place, name) => ids.drop(keyOf(place, name)),
  };
}

async function lookUp(ask: Ask, place: Place, name: string): Promise<number> {
  for await (const data of pages(ask, `GET ${place.path}/actions/runner-groups`)) {
    const groups = readAs(groupsSchema, data, 'The list of runner groups').runner_groups;
    const group = groups.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (group) return group.id;
  }
  throw noGroup(place, name, 'create it there, or name one that exists');
}

const noGroup = (place: Place, name: string, what: string): ConfigError =>
  new ConfigError([`runnerGroup "${name}" is not in ${place.webPath}: ${what}`]);
