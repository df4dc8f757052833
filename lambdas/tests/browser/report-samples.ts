import type { ReportFleet, ReportRun } from '../../src/simulator/report/report-input.ts';
import type { HistogramBar, Percentiles, RunPicture } from '../../src/simulator/result.ts';
import { officeWeek } from './office-week.ts';

/** Edges that grow, as waits differ by orders of magnitude. */
const edgesSeconds = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1200, 1800];

export const histogramOf = (waits: readonly number[], edges: readonly number[] = edgesSeconds): HistogramBar[] =>
  edges.slice(1).map((toSeconds, place) => {
    const fromSeconds = edges[place] ?? 0;
    return { fromSeconds, toSeconds, count: waits.filter((wait) => wait >= fromSeconds && wait < toSeconds).length };
  });

export function percentilesOf(waits: readonly number[]): Percentiles {
  const sorted = [...waits].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export const sampleFleet = (changes: Partial<ReportFleet> = {}): ReportFleet => ({
  name: 'linux-x64',
  labels: ['self-hosted', 'linux', 'x64'],
  runnersMaximumCount: 40,
  market: 'spot',
  onDemandFailover: true,
  instanceTypes: ['m7i.large', 'm7a.large', 'm6i.large', 'm6a.large'],
  ephemeral: true,
  poolConfig: [],
  idleConfig: [],
  ...changes,
});

export const pool = { scheduleExpression: '0 7-18 * * 1-5', timeZone: 'Europe/Berlin', size: 8 };

export interface SampleOptions {
  readonly name?: string;
  readonly seed?: number;
  readonly limit?: number;
  /** Runners kept ready in office hours. */
  readonly ready?: number;
}

/** A week of an office, as a simulation would report it: every figure is there, and they agree with each other. */
export function sampleRun({ name = 'fleet.json', seed = 7, limit = 40, ready = 0 }: SampleOptions = {}): ReportRun {
  const { timeline, waits, runnerSeconds, readyWaits, peakRunners } = officeWeek(seed, limit, ready);
  const hours = (runnerSeconds.boot + runnerSeconds.idle + runnerSeconds.busy) / 3600;
  const waited = waits.reduce((sum, wait) => sum + wait, 0);
  const launched = Math.round(waits.length * 1.04);
  return {
    name,
    workload: 'office-week',
    seeds: [seed],
    replayArguments: `--config ${name} --workload office-week`,
    result: {
      jobs: waits.length + 9,
      ran: waits.length,
      ranTwice: 0,
      lost: 0,
      cancelled: 6,
      unmatched: 3,
      endedBySpot: 4,
      endedByForge: 1,
      busyKills: 0,
      leakedInstances: 0,
      leakedRegistrations: 0,
      overLimit: 0,
      launched,
      virtualSeconds: 7 * 86_400,
      runnerSeconds,
      cost: {
        spot: hours * 0.042 * 0.9,
        onDemand: hours * 0.1008 * 0.1,
        idle: (runnerSeconds.idle / 3600) * 0.048,
        savedBySpot: hours * 0.0588 * 0.9,
      },
      readiness: {
        jobsServed: readyWaits,
        savedSeconds: readyWaits * 52,
        cost: ready > 0 ? (runnerSeconds.idle / 3600) * 0.044 : 0,
      },
      waitStages: {
        event: waited * 0.04,
        delay: waited * 0.09,
        decision: waited * (0.17 + ready * 0.012),
        ec2: waited * 0.14,
        boot: waited * (0.5 - ready * 0.015),
        assignment: waited * (0.06 + ready * 0.003),
      },
      calls: { github: launched * 3, ec2: 2840, ssm: 128, dynamodb: launched * 41, sqs: launched * 6 },
      sometimes: {
        'intent-conflict': 214,
        'intent-settled-by-another': 3,
        'capacity-error': 41,
        'spot-interruption': 4,
        'event-lost': 22,
        'sweep-found-job': 19,
        'breaker-opened': 0,
        'idle-runner-took-job': readyWaits,
        'leaving-cancelled': 7,
        'grant-minted-late': 2,
      },
      faults: { 'event-lost': 22, 'event-doubled': 31, 'ec2-throttled': 57, 'spot-reclaimed': 4, 'boot-failed': 9 },
      peakRunners,
      waitSeconds: percentilesOf(waits),
      breaches: [],
    },
    picture: { timeline, limit, waitHistogram: histogramOf(waits) },
    fleets: [
      sampleFleet({ runnersMaximumCount: limit, poolConfig: ready > 0 ? [{ ...pool, size: ready }] : [] }),
      sampleFleet({
        name: 'linux-arm64',
        labels: ['self-hosted', 'linux', 'arm64'],
        runnersMaximumCount: 10,
        market: 'on-demand',
        instanceTypes: ['m7g.large'],
      }),
    ],
  };
}

const emptyPicture: RunPicture = { timeline: [], limit: -1, waitHistogram: [] };

/** A run in which nothing happened. */
export function emptyRun(name = 'empty.json'): ReportRun {
  const run = sampleRun({ name });
  const none = (record: object): never => Object.fromEntries(Object.keys(record).map((key) => [key, 0])) as never;
  return {
    ...run,
    result: {
      ...(none(run.result) as ReportRun['result']),
      runnerSeconds: none(run.result.runnerSeconds),
      cost: none(run.result.cost),
      readiness: none(run.result.readiness),
      waitStages: none(run.result.waitStages),
      calls: none(run.result.calls),
      waitSeconds: none(run.result.waitSeconds),
      sometimes: {},
      faults: {},
      breaches: [],
    },
    picture: emptyPicture,
    fleets: [],
  };
}
