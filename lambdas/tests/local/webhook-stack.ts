import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonLog } from '../../src/adapters/log/json-log.ts';
import { parseConfig } from '../../src/core/parse-config.ts';
import { documentedTiming } from '../../src/core/timing.ts';
import { fakeGithub } from '../../src/fakes/github/fake-github.ts';
import { type Stack, startStack } from '../../src/local/stack.ts';
import { type Answer, ask, type Question } from './ask.ts';
import { delivery } from './delivery.ts';

/** A running stack and the GitHub that it knows, with everything that it answered and wrote down. */
export interface WebhookStack {
  readonly stack: Stack;
  readonly folder: string;
  /** All answers so far. */
  readonly answers: readonly Answer[];
  readonly logged: () => string;
  /** Texts that nobody outside may see. */
  readonly secrets: readonly string[];
  ask(question: Partial<Question>): Promise<Answer>;
  /** A delivery as GitHub makes it: signed, with its headers. */
  deliver(body: unknown, different?: Partial<Question>): Promise<Answer>;
  stop(): Promise<void>;
}

export const webhookSecret = 'wh-5d0f3a-not-to-be-told';

/** By default no runner may start, so that thousands of deliveries start none. */
export async function webhookStack(deployment: object = {}, limit = 0): Promise<WebhookStack> {
  const folder = mkdtempSync(join(tmpdir(), 'ci-runners-'));
  writeFileSync(join(folder, 'secret'), `${webhookSecret}\n`);
  const github = await fakeGithub({ webhookSecret, dataFolder: folder, owner: 'lineville' });
  const lines: string[] = [];
  const stack = await startStack({
    config: parseConfig({
      forge: {
        kind: 'github',
        url: github.url,
        app: { id: github.appId, privateKeyFile: github.appKeyFile },
        webhookSecretFile: join(folder, 'secret'),
      },
      compute: { kind: 'process', command: ['sleep', '600'] },
      fleets: { k8s: { labels: ['self-hosted', 'k8s'], runnersMaximumCount: limit } },
      ...deployment,
    }),
    timing: { ...documentedTiming, webhookDelaySeconds: 0.1 },
    timeScale: 1,
    folder,
    port: 0,
    log: jsonLog({ write: (line) => lines.push(line) }),
    writesPerSecond: 3,
  });
  const answers: Answer[] = [];
  const asked = async (question: Partial<Question>): Promise<Answer> => {
    const answer = await ask(stack.url, question);
    answers.push(answer);
    return answer;
  };
  return {
    stack,
    folder,
    answers,
    logged: () => lines.join(''),
    secrets: [webhookSecret, readFileSync(github.appKeyFile, 'utf8').split('\n')[1] ?? ''],
    ask: asked,
    deliver: (body, different = {}) => {
      const made = delivery(webhookSecret, body);
      return asked({ ...made, ...different, headers: { ...made.headers, ...different.headers } });
    },
    async stop() {
      await stack.stop();
      await github.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
