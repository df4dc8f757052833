import type { Budget } from './figures.ts';

/** The design's budgets, by benchmark and figure. What is not here is printed for comparison alone. */
export const budgets: Readonly<Record<string, Readonly<Record<string, Budget>>>> = {
  webhook: { ledgerWritesPerEvent: { atMost: 1 }, sendsPerEvent: { atMost: 1 } },
  'agent.onEc2': {
    startMilliseconds: { atMost: 3_000 },
    residentMegabytes: { atMost: 80 },
    processorPercentAtRest: { atMost: 0.5 },
  },
  coldStart: { webhookMilliseconds: { atMost: 300 } },
  burst: {
    launchCalls: { atMost: 20 },
    listCallsOnLaunchPath: { atMost: 0 },
    grantsPerJobToItsEnd: { atMost: 1 },
  },
  // 1.2 times the forge's own floors of 5.6 and 3.3: 1,000 runners at 180 grants a minute, and at 300 registrations.
  ramp: { oneAppMinutes: { atMost: 6.7 }, twoAppsMinutes: { atMost: 4 } },
  longRun: { all100000Seconds: { atMost: 60 } },
  ...Object.fromEntries(
    ['quiet', 'surplus', 'leaving', 'manyLanes'].map((deployment) => [
      `scaleDown.${deployment}`,
      { virtualSeconds: { atMost: 60 }, peakMegabytes: { atMost: 256 } },
    ]),
  ),
};
