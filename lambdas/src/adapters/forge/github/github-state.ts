import type { Instant } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { ExpiringCache } from '../expiring-cache.ts';
import type { AppClient } from './app-client.ts';
import type { Installations } from './installations.ts';
import type { RunnerGroups } from './runner-groups.ts';

/** One token registers many runners, for an hour. */
export interface RegistrationToken {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** What the verbs share. Each is a file; the state is its first parameter. */
export interface GithubState {
  readonly url: string;
  readonly apps: readonly AppClient[];
  readonly installations: Installations;
  readonly groups: RunnerGroups;
  readonly tokens: ExpiringCache<RegistrationToken>;
  readonly deliveryPagesLimit: number;
  readonly clock: Clock;
  readonly log: Log;
}
