import { ConfigError } from '../src/core/errors.ts';
import { parseConfig } from '../src/core/parse-config.ts';

/** What users write, at its least, and what the test writes otherwise. */
export const forge = { kind: 'github', app: { id: 7, privateKeyFile: 'app.pem' }, webhookSecretFile: 'secret' };
export const compute = { kind: 'process', command: ['./run.sh'] };
export const linux = { labels: ['self-hosted', 'linux'] };

/** Through JSON, so that `undefined` leaves a field out. */
export const deployment = (different: object = {}): object =>
  JSON.parse(JSON.stringify({ forge, compute, fleets: { linux }, ...different }));
export const withFleet = (different: object): object => deployment({ fleets: { linux: { ...linux, ...different } } });

export const tick = { scheduleExpression: 'rate(5 minutes)', size: 2 };
export const window = { cron: '* * 9-17 * * 1-5', idleCount: 2 };

/** What `parseConfig` says of it; nothing: it is right. */
export function problemsOf(value: unknown): readonly string[] {
  try {
    parseConfig(value);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems;
    throw thrown;
  }
}
