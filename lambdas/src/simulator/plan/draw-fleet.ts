import type { Chance } from '../engine/chance.ts';

export interface FleetSetting {
  readonly deploymentLimit: number;
  readonly bootSeconds: number;
}

const types = ['m7i.large', 'm6i.large', 'c7i.xlarge', 'm7g.large'];
const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const alwaysCron = '* * * * *';
const poolSchedules = ['rate(5 minutes)', 'rate(1 hour)', 'cron(0/10 * * * ? *)'];

/** One fleet's options, as its file would name them, whatever they do to each other. */
export function drawFleet(dice: Chance, { deploymentLimit, bootSeconds }: FleetSetting): object {
  const limit = dice.happens(0.15) ? -1 : dice.whole(1, 20);
  const most = Math.min(...[limit, deploymentLimit, 3].filter((count) => count >= 0));
  const scope = dice.happens(0.2) ? 'repo' : 'org';
  return {
    scope,
    ephemeral: dice.happens(0.6),
    runnersMaximumCount: limit,
    minimumRunningTimeMinutes: dice.whole(0, 10),
    runnerBootTimeMinutes: bootLimitMinutes(bootSeconds) + dice.whole(0, 5),
    firstJobMinutes: dice.whole(1, 15),
    delayWebhookEventSeconds: dice.happens(0.5) ? null : dice.whole(0, 60),
    ...(dice.happens(0.5) && { enableJobQueuedCheck: dice.happens(0.5) }),
    launchesPerHourLimit: dice.happens(0.2) ? dice.whole(15, 60) : 1000,
    instanceTypes: types.slice(0, dice.whole(1, types.length)),
    zones: zones.slice(0, dice.whole(1, zones.length)),
    market: dice.happens(0.7) ? 'spot' : 'on-demand',
    onDemandFailover: dice.happens(0.5),
    ...(dice.happens(0.25) && {
      idleConfig: [
        {
          cron: alwaysCron,
          idleCount: dice.whole(1, most),
          evictionStrategy: dice.pick(['oldest_first', 'newest_first']),
        },
      ],
    }),
    ...(dice.happens(0.2) && {
      poolConfig: [{ scheduleExpression: dice.pick(poolSchedules), size: dice.whole(1, most) }],
      poolRunnerOwner: scope === 'org' ? 'acme' : 'acme/app',
    }),
  };
}

/** A machine that is not slower than most comes in time: with a shorter limit no runner could ever come. */
const bootLimitMinutes = (bootSeconds: number): number => Math.ceil((bootSeconds * 2.5 + 60) / 60);
