import * as v from 'valibot';
import { DeniedError } from '../../../core/errors.ts';
import { after } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';
import { expiringCache, type Perishable } from '../expiring-cache.ts';
import { readAs } from '../strict-reading.ts';
import type { AppClient, Ask } from './app-client.ts';
import type { Place } from './scope.ts';

/** An App is seldom installed anew; where it was not, a person may be doing so right now. */
const knownSeconds = 3600;
const unknownSeconds = 60;

const installationSchema = v.object({ id: v.pipe(v.number(), v.safeInteger()), suspended_at: v.nullish(v.string()) });

export interface Installations {
  /** This App, as installed where the place belongs. Throws `DeniedError` if it is not. */
  of(appName: string, place: Place): Promise<Ask>;
  /** Any App that is installed there, each in its turn, so that reads draw on all their limits. */
  any(place: Place): Promise<Ask>;
  /** The place was refused: the next look is a fresh one. */
  forget(place: Place): void;
}

export function installations(apps: readonly AppClient[], clock: Pick<Clock, 'now'>): Installations {
  const known = knownInstallations(clock);
  let turn = 0;

  const askOf = async (app: AppClient, place: Place): Promise<Ask | undefined> => {
    const id = await known.idOf(app, place);
    if (id === null) return undefined;
    return forgetting(app.asInstallation(id), () => {
      known.forget(app, place);
      app.forgetInstallation(id);
    });
  };

  return {
    async of(appName, place) {
      const app = apps.find(({ name }) => name === appName);
      if (!app) throw new DeniedError(`There is no App ${appName}: the configuration names ${namesOf(apps)}`);
      const ask = await askOf(app, place);
      if (!ask) throw notInstalled([app], place);
      return ask;
    },
    async any(place) {
      turn += 1;
      for (let i = 0; i < apps.length; i++) {
        const app = apps[(turn + i) % apps.length];
        const ask = app && (await askOf(app, place));
        if (ask) return ask;
      }
      throw notInstalled(apps, place);
    },
    forget(place) {
      for (const app of apps) known.forget(app, place);
    },
  };
}

/** Which installation of an App reaches a place; null: none does. */
function knownInstallations(clock: Pick<Clock, 'now'>) {
  const ids = expiringCache<number | null>(clock);
  // By owner too: who asks about a second repository of an owner need not look again.
  const owners = new Map<string, Perishable<number>>();

  const lookUp = async (app: AppClient, place: Place): Promise<Perishable<number | null>> => {
    const known = owners.get(`${app.name} ${place.owner}`);
    if (known && known.until > clock.now()) return known;
    const id = await installationOf(app, place);
    if (id === null) return { value: null, until: after(clock.now(), unknownSeconds) };
    const found = { value: id, until: after(clock.now(), knownSeconds) };
    owners.set(`${app.name} ${place.owner}`, found);
    return found;
  };

  return {
    idOf: (app: AppClient, place: Place) => ids.get(`${app.name} ${place.path}`, () => lookUp(app, place)),
    forget(app: AppClient, place: Place): void {
      ids.drop(`${app.name} ${place.path}`);
      owners.delete(`${app.name} ${place.owner}`);
    },
  };
}

async function installationOf(app: AppClient, place: Place): Promise<number | null> {
  const { status, data } = await app.asApp(`GET ${place.path}/installation`, {}, [404]);
  if (status === 404) return null;
  const { id, suspended_at } = readAs(installationSchema, data, 'The installation');
  return suspended_at ? null : id;
}

/** Once it is denied, nothing that was remembered of the installation is believed any more. */
const forgetting =
  (ask: Ask, forget: () => void): Ask =>
  async (...request) => {
    try {
      return await ask(...request);
    } catch (thrown) {
      if (thrown instanceof DeniedError) forget();
      throw thrown;
    }
  };

const namesOf = (apps: readonly AppClient[]): string => apps.map(({ name }) => name).join(', ');

const notInstalled = (apps: readonly AppClient[], place: Place): DeniedError =>
  new DeniedError(`${namesOf(apps)} may not act for ${place.webPath}: install the App there, or end its suspension`);
