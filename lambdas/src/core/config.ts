import type { Scope } from './lane.ts';

/** One window of `idle_config`: while the cron matches the minute that is now, that many idle runners stay. */
export interface IdleWindow {
  readonly cron: string;
  readonly timeZone: string;
  readonly idleCount: number;
  readonly evictionStrategy: 'oldest_first' | 'newest_first';
}

/** One entry of `pool_config`: from each tick on, for `minimumRunningTimeMinutes`, that many idle runners are ready. */
export interface PoolTick {
  readonly scheduleExpression: string;
  readonly timeZone: string;
  readonly size: number;
}

/** How EC2 chooses among a fleet's types and zones. */
export type AllocationStrategy =
  | 'price-capacity-optimized'
  | 'capacity-optimized'
  | 'lowest-price'
  | 'diversified'
  | 'prioritized';

/** What EC2 alone wants to know of a fleet. */
export interface Ec2Fleet {
  readonly launchTemplateId: string;
  /** A number as text: a stored request must mean the same tomorrow. */
  readonly launchTemplateVersion: string;
  /** A zone may have several; its launches take turns. */
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  readonly allocationStrategy: AllocationStrategy;
  /** Dollars an hour for one Spot machine, as text; undefined: up to the on-demand price. */
  readonly maxSpotPrice?: string;
  /** The unique id of the machines' role, as in their `aws:userid`. */
  readonly roleId: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Runners that are alike: one label set, one launch template, one set of limits. Defaults are filled in. */
export interface FleetConfig {
  readonly name: string;
  /** What a runner registers with, and what jobs are matched against: the same list. */
  readonly labels: readonly string[];
  /** Lower comes first; equal ones in the order of their names. */
  readonly priority: number;
  readonly scope: 'org' | 'repo' | 'enterprise';
  /** Owners (`acme`), repositories (`acme/app`) or enterprises whose jobs this fleet serves; empty: all. */
  readonly owners: readonly string[];
  readonly runnerGroup: string;
  readonly ephemeral: boolean;
  /** -1: no limit. 0: none may start. */
  readonly runnersMaximumCount: number;
  readonly minimumRunningTimeMinutes: number;
  readonly runnerBootTimeMinutes: number;
  readonly firstJobMinutes: number;
  readonly hardLimitHours: number;
  readonly idleConfig: readonly IdleWindow[];
  readonly poolConfig: readonly PoolTick[];
  /** The lane whose pool this is; undefined where there is no pool. */
  readonly poolScope?: Scope;
  /** null: chosen by what may still take the job: 30 s or 2 s. */
  readonly delayWebhookEventSeconds: number | null;
  readonly enableJobQueuedCheck: boolean;
  readonly launchesPerHourLimit: number;
  /** In order of preference. For processes: one made-up type in one made-up zone. */
  readonly instanceTypes: readonly string[];
  readonly zones: readonly string[];
  readonly market: 'spot' | 'on-demand';
  readonly onDemandFailover: boolean;
  /** Where machines are EC2's. */
  readonly ec2?: Ec2Fleet;
  /** Changes when anything does that may decide whether a machine boots: image, version, configuration. */
  readonly hash: string;
}

/** Where a text that is nobody else's business stands: in a file of this machine, or in AWS's Parameter Store. */
export type SecretSource = { readonly file: string } | ParameterSource;

export interface ParameterSource {
  readonly parameter: string;
}

export interface ForgeApp {
  readonly id: number | ParameterSource;
  readonly privateKey: SecretSource;
}

export interface ForgeConfig {
  readonly kind: 'github';
  /** Where people open it in a browser: `https://github.com`, `https://ghe.example.com`, `https://acme.ghe.com`. */
  readonly url: string;
  /** Empty only for the webhook function, which asks the forge nothing. */
  readonly apps: readonly ForgeApp[];
  readonly webhookSecret: SecretSource;
  /** During a rotation: the secret that is still valid too. */
  readonly previousWebhookSecret?: SecretSource;
}

export type ComputeConfig =
  /** The runner's command and arguments; the grant's own are appended. */
  { readonly kind: 'process'; readonly command: readonly string[] } | { readonly kind: 'ec2' };

/** What the functions are bound to on AWS. */
export interface AwsConfig {
  readonly ledgerTable: string;
  readonly hostsTable: string;
  readonly queueUrl: string;
  readonly metricsNamespace: string;
  readonly tracing: boolean;
  readonly logLevel: LogLevel;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A deployment, parsed and complete. Made by `parseConfig` alone. */
export interface Config {
  readonly prefix: string;
  readonly forge: ForgeConfig;
  readonly compute: ComputeConfig;
  /** Where machines are EC2's. */
  readonly aws?: AwsConfig;
  /** Divides every waiting time, for trials; 1: as documented. */
  readonly timeScale: number;
  /** `owner/name` or `owner`; empty: every repository that the App is installed in. */
  readonly repositoryAllowList: readonly string[];
  /** For all fleets together; -1: no limit. */
  readonly runnersMaximumCount: number;
  /** Sorted as jobs are offered: by priority, then by name. */
  readonly fleets: readonly FleetConfig[];
}
