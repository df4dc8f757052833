import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { githubForge } from '../../../src/adapters/forge/github/github-forge.ts';
import { memoryLog } from '../../../src/adapters/log/memory-log.ts';
import { fakeGithub } from '../../../src/fakes/github/fake-github.ts';
import type { RunnerGrant } from '../../../src/ports/forge.ts';

const webhookSecret = 'secret-of-the-end-to-end-tests';
const scope = 'org:acme';

/** A fake GitHub and our way to its grants. Each label is a queue of its own. */
export interface ScratchForge {
  grant(label: string): Promise<RunnerGrant>;
  addJob(label: string, seconds: number): void;
  jobIn(label: string): { readonly status: string; readonly conclusion: string | null } | undefined;
  removeRunner(grant: RunnerGrant): Promise<string>;
  stop(): Promise<void>;
}

export async function scratchForge(): Promise<ScratchForge> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'fake-github-'));
  const fake = await fakeGithub({ webhookSecret, dataFolder, timeScale: 10 });
  const forge = githubForge({
    ...{ url: fake.url, clock: systemClock(), log: memoryLog(), webhookSecrets: [webhookSecret] },
    apps: [{ id: fake.appId, privateKey: readFileSync(fake.appKeyFile, 'utf8') }],
    writesPerSecond: 1000,
  });
  return {
    grant: (label) =>
      forge.createRunner({
        ...{ name: `ghr-${label}`, scope, labels: ['self-hosted', label], runnerGroup: 'Default' },
        ...{ ephemeral: true, app: forge.apps[0] ?? '' },
      }),
    addJob: (label, seconds) => void fake.addJobs({ labels: ['self-hosted', label], seconds }),
    jobIn: (label) => fake.jobs().find(({ labels }) => labels.includes(label)),
    removeRunner: ({ registration }) => forge.removeRunner(scope, registration),
    stop: async () => {
      await fake.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
}
