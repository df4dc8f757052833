import type { Config } from '../../core/config.ts';
import { parseConfig } from '../../core/parse-config.ts';

/** What is simulated when nobody brings a configuration, as its file would be. */
export const exampleConfigFile = {
  forge: { kind: 'github', app: { id: 1001, privateKeyFile: 'app.pem' }, webhookSecretFile: 'webhook-secret' },
  compute: { kind: 'process', command: ['./run.sh'] },
  fleets: {
    'linux-x64': {
      labels: ['self-hosted', 'linux', 'x64'],
      priority: 1,
      runnersMaximumCount: 200,
      instanceTypes: ['m7i.large', 'm7a.large', 'm6i.large'],
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      market: 'spot',
      onDemandFailover: true,
    },
    'linux-arm64': {
      labels: ['self-hosted', 'linux', 'arm64'],
      runnersMaximumCount: 50,
      instanceTypes: ['m7g.large', 'm6g.large'],
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      market: 'spot',
      onDemandFailover: true,
    },
  },
} as const;

export const exampleConfig = (): Config => parseConfig(exampleConfigFile);
