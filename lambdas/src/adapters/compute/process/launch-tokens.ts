import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { LaunchRequest, LaunchResult } from '../../../core/instance.ts';
import { ageSeconds, type Instant } from '../../../core/instant.ts';
import { TokenMismatchError } from '../../../ports/compute.ts';
import type { InstanceRecord } from '../../process/instance-folder.ts';
import { readState, writeState } from '../../process/state-file.ts';

export interface LaunchOutcome {
  readonly instances: readonly InstanceRecord[];
  readonly errors: LaunchResult['errors'];
}

export interface StoredLaunch {
  readonly request: LaunchRequest;
  readonly launchedAt: Instant;
  /** Missing as long as the launch is under way, or broke off: a replay completes it. */
  readonly outcome?: LaunchOutcome;
}

/** A file for each launch step, so that a replay answers the same, also to a successor of this process. */
export interface LaunchTokens {
  /** The stored launch, new or not. Throws `TokenMismatchError` when it was another request. */
  open(request: LaunchRequest, now: Instant): StoredLaunch;
  complete(launch: StoredLaunch, outcome: LaunchOutcome): void;
  /** Forgets launches that are older than any replay, if it is time to look for them. */
  tidy(now: Instant): void;
}

/** A replay comes within minutes. */
const keptSeconds = 86_400;
const tidySeconds = 3_600;

export function launchTokens(folder: string): LaunchTokens {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let tidiedAt: Instant | undefined;
  const fileOf = (token: string): string => join(folder, `${digestOf(token)}.json`);
  return {
    open: (request, now) => {
      const stored = readState<StoredLaunch>(fileOf(request.token));
      const asked = JSON.parse(JSON.stringify(request));
      if (stored && !isDeepStrictEqual(stored.request, asked)) {
        throw new TokenMismatchError(`token ${request.token} was used for another request`);
      }
      if (stored) return stored;
      const launch: StoredLaunch = { request: asked, launchedAt: now };
      writeState(fileOf(request.token), launch);
      return launch;
    },
    complete: (launch, outcome) => writeState(fileOf(launch.request.token), { ...launch, outcome }),
    tidy: (now) => {
      if (tidiedAt !== undefined && ageSeconds(tidiedAt, now) < tidySeconds) return;
      tidiedAt = now;
      for (const name of readdirSync(folder)) {
        const launch = name.endsWith('.json') ? readState<StoredLaunch>(join(folder, name)) : undefined;
        if (launch && ageSeconds(launch.launchedAt, now) > keptSeconds) rmSync(join(folder, name), { force: true });
      }
    },
  };
}

/** The same token names the same machines, so that a launch that broke off can be gone on with. It looks like EC2's ids. */
export const instanceIdOf = (token: string, index: number): string => `i-${digestOf(`${token}/${index}`).slice(0, 17)}`;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);
