import { describe, expect, test } from '@jest/globals';
import { compute, deployment, forge, linux, tick, window, withFleet } from '../../tests/deployment.ts';
import type { FleetConfig } from './config.ts';
import { configWarnings } from './config-warnings.ts';
import { parseConfig } from './parse-config.ts';

const onlyFleet = (different: object): FleetConfig | undefined => parseConfig(withFleet(different)).fleets[0];

describe('a complete configuration', () => {
  test('is made of the least that a user can write', () => {
    const config = parseConfig(deployment());
    expect(config).toMatchObject({ prefix: 'ci', compute, runnersMaximumCount: -1, repositoryAllowList: [] });
    expect(config.forge).toEqual({
      kind: 'github',
      url: 'https://github.com',
      apps: [{ id: 7, privateKey: { file: 'app.pem' } }],
      webhookSecret: { file: 'secret' },
    });
    expect(config.fleets).toEqual([
      {
        name: 'linux',
        labels: ['self-hosted', 'linux'],
        priority: 999,
        scope: 'org',
        owners: [],
        runnerGroup: 'Default',
        ephemeral: true,
        runnersMaximumCount: 3,
        minimumRunningTimeMinutes: 5,
        runnerBootTimeMinutes: 5,
        firstJobMinutes: 10,
        hardLimitHours: 121,
        idleConfig: [],
        poolConfig: [],
        delayWebhookEventSeconds: null,
        enableJobQueuedCheck: false,
        launchesPerHourLimit: 1000,
        instanceTypes: ['process'],
        zones: ['local'],
        market: 'spot',
        onDemandFailover: false,
        hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ]);
  });

  test('is plain data', () => {
    const config = parseConfig(withFleet({ idleConfig: [window] }));
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  });

  test('has its windows and ticks filled in', () => {
    const fleet = onlyFleet({ idleConfig: [window], poolConfig: [tick], owners: ['Acme'] });
    expect(fleet?.idleConfig).toEqual([{ ...window, timeZone: 'UTC', evictionStrategy: 'oldest_first' }]);
    expect(fleet?.poolConfig).toEqual([{ ...tick, timeZone: 'UTC' }]);
  });

  test('offers jobs by priority, then by name', () => {
    const labels = (name: string): readonly string[] => [name];
    const fleets = {
      b: { labels: labels('b') },
      a: { labels: labels('a') },
      z: { labels: labels('z'), priority: 1 },
    };
    expect(parseConfig(deployment({ fleets })).fleets.map(({ name }) => name)).toEqual(['z', 'a', 'b']);
  });

  test('takes several Apps, a second secret, and an address without its slash', () => {
    const apps = [forge.app, { id: 8, privateKeyFile: 'other.pem' }];
    const { app: _, ...rest } = forge;
    const several = { ...rest, apps, url: 'http://127.0.0.1:8080/', previousWebhookSecretFile: 'old' };
    expect(parseConfig(deployment({ forge: several })).forge).toMatchObject({
      apps: [
        { id: 7, privateKey: { file: 'app.pem' } },
        { id: 8, privateKey: { file: 'other.pem' } },
      ],
      url: 'http://127.0.0.1:8080',
      previousWebhookSecret: { file: 'old' },
    });
  });

  test('asks about the job before a launch where runners stay', () => {
    expect(onlyFleet({ ephemeral: false })?.enableJobQueuedCheck).toBe(true);
    expect(onlyFleet({ ephemeral: false, enableJobQueuedCheck: null })?.enableJobQueuedCheck).toBe(true);
    expect(onlyFleet({ ephemeral: false, enableJobQueuedCheck: false })?.enableJobQueuedCheck).toBe(false);
  });

  test.each<[object, string | undefined]>([
    [{}, undefined],
    [{ poolRunnerOwner: 'Acme' }, undefined],
    [{ poolConfig: [tick], owners: ['Acme'] }, 'org:acme'],
    [{ poolConfig: [tick], owners: ['Acme/App'] }, 'org:acme'],
    [{ poolConfig: [tick], owners: ['Acme/App'], scope: 'repo' }, 'repo:acme/app'],
    [{ poolConfig: [tick], poolRunnerOwner: 'Acme' }, 'org:acme'],
    [{ poolConfig: [tick], poolRunnerOwner: 'b', owners: ['a', 'b'] }, 'org:b'],
    [{ poolConfig: [tick], poolRunnerOwner: 'big', scope: 'enterprise' }, 'enterprise:big'],
  ])('with %j holds its pool in %s', (different, scope) => {
    expect(onlyFleet(different)?.poolScope).toBe(scope);
  });

  test('has a hash that changes with what may keep a machine from booting', () => {
    const hash = (different: object): string | undefined => parseConfig(different).fleets[0]?.hash;
    expect(hash(deployment())).toBe(hash(JSON.parse(JSON.stringify(deployment()))));
    expect(hash(withFleet({ market: 'on-demand' }))).not.toBe(hash(deployment()));
    expect(hash(deployment({ compute: { ...compute, command: ['./other.sh'] } }))).not.toBe(hash(deployment()));
    expect(hash(deployment({ prefix: 'other' }))).toBe(hash(deployment()));
  });
});

describe('a warning is given', () => {
  test('for fleets that overlap', () => {
    const config = parseConfig(deployment({ fleets: { linux, small: { labels: ['linux'] } } }));
    expect(configWarnings(config)).toEqual([expect.stringMatching(/^Jobs for fleet small go to linux/)]);
  });

  test('for idle windows of single minutes', () => {
    const single = ['0 9 * * *', 'rate(5 minutes)'].map((cron) => ({ ...window, cron }));
    const steady = [window, { ...window, cron: 'rate(1 minute)' }];
    expect(configWarnings(parseConfig(withFleet({ idleConfig: single })))).toEqual([
      expect.stringMatching(/^fleets.linux.idleConfig\[0\].cron: 0 9 \* \* \* holds for single minutes/),
      expect.stringMatching(/^fleets.linux.idleConfig\[1\]/),
    ]);
    expect(configWarnings(parseConfig(withFleet({ idleConfig: steady })))).toEqual([]);
  });
});
