import type { Figures } from './figures.ts';
import { town } from './town.ts';

const jobs = 1000;
const jobSeconds = 3600;

/**
 * From no runner to 1,000 that work, under the forge's documented limits: 180 grants a minute an App. Virtual minutes,
 * boot included.
 */
export async function ramp(): Promise<Figures> {
  const one = await town({ jobs, apps: ['app-1'], jobSeconds });
  const two = await town({ jobs, apps: ['app-1', 'app-2'], jobSeconds });
  return {
    oneAppMinutes: await one.untilStarted(),
    twoAppsMinutes: await two.untilStarted(),
    oneAppLaunchCalls: one.city.compute.counts().launch,
    twoAppsLaunchCalls: two.city.compute.counts().launch,
    oneAppGrantsRefused: one.refusals(),
    twoAppsGrantsRefused: two.refusals(),
  };
}
