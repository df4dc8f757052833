import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deployment, forge, linux, problemsOf, tick, window, withFleet } from '../../tests/deployment.ts';

describe('a configuration is refused', () => {
  test.each([undefined, null, 'text', 7, [], () => 1])('where it is no object', (value) => {
    expect(problemsOf(value)).toEqual([expect.stringMatching(/^The configuration must be an object/)]);
  });

  test.each<[string, object]>([
    ['forge: is missing: it must be an object', { forge: undefined }],
    ['forge: must be an object with the fields kind, url', { forge: [] }],
    ['forge.app: is missing', { forge: { ...forge, app: undefined } }],
    ['forge.app: cannot stand beside apps', { forge: { ...forge, apps: [{ id: 1, privateKeyFile: 'x' }] } }],
    ['forge.app.id: must be a whole number', { forge: { ...forge, app: { id: '7', privateKeyFile: 'x' } } }],
    ['forge.app.id: must be a whole number', { forge: { ...forge, app: { id: 0, privateKeyFile: 'x' } } }],
    ['forge.app.id: must be a whole number', { forge: { ...forge, app: { id: 2 ** 53, privateKeyFile: 'x' } } }],
    ['forge.app.privateKeyFile: is missing: it must be the name of a file', { forge: { ...forge, app: { id: 7 } } }],
    ['forge.apps[1]: is an App named above', { forge: { ...forge, app: undefined, apps: [forge.app, forge.app] } }],
    ['forge.apps: must be a list of 1 to 100 Apps', { forge: { ...forge, app: undefined, apps: [] } }],
    ['forge.kind: must be "github"', { forge: { ...forge, kind: 'gitlab' } }],
    ['forge.url: must be a web address', { forge: { ...forge, url: 'github.com' } }],
    ['forge.url: must be a web address', { forge: { ...forge, url: 'ftp://github.com' } }],
    ['forge.url: must be a web address', { forge: { ...forge, url: 'https://github.com/acme' } }],
    ['forge.url: must be a web address', { forge: { ...forge, url: 'https://github.com/?a' } }],
    ['forge.url: must be a web address', { forge: { ...forge, url: 'https://a:b@github.com' } }],
    ['forge.url: must be a web address', { forge: { ...forge, url: 7 } }],
    ['compute.command: must be a list', { compute: { kind: 'process', command: [] } }],
    ['compute.command[0]: must be a text', { compute: { kind: 'process', command: [''] } }],
    ['prefix: must be 1 to 32', { prefix: 'CI' }],
    ['runnersMaximumCount: must be a whole number from -1', { runnersMaximumCount: -2 }],
    ['repositoryAllowList[0]: must be an owner or a repository', { repositoryAllowList: ['acme/app/x'] }],
    ['fleets: must be an object with at least one fleet', { fleets: {} }],
    ['fleets: must be an object with at least one fleet', { fleets: [linux] }],
    ['fleets.Linux: must be named', { fleets: { Linux: linux } }],
    ['fleets["a b"]: must be named', { fleets: { 'a b': linux } }],
    ['fleets.linux: must be an object', { fleets: { linux: 7 } }],
    ['fleet: is no field; did you mean fleets?', { fleet: {} }],
    ['zzzzzz: is no field; there are version, prefix, forge', { zzzzzz: 1 }],
  ])('with "%s"', (start, different) => {
    expect(problemsOf(deployment(different))).toEqual([expect.stringContaining(start)]);
  });

  test.each<[string, object]>([
    ['labels: is missing: it must be a list of 1 to 100 labels.', { labels: undefined }],
    ['labels: must be a list of 1 to 100 labels.', { labels: [] }],
    ['labels: must be a list of 1 to 100 labels.', { labels: Array.from({ length: 101 }, (_, n) => `l${n}`) }],
    ['labels[1]: must be a label', { labels: ['a', 'b,c'] }],
    ['labels[1]: must be a label', { labels: ['a', 'b c'] }],
    ['labels[0]: must be a label', { labels: [7] }],
    ['labels[1]: stands there twice', { labels: ['Linux', 'linux'] }],
    ['priority: must be a whole number from 0 to 999', { priority: 1000 }],
    ['scope: must be "org" or "repo" or "enterprise"', { scope: 'user' }],
    ['owners[0]: must be an owner or a repository', { owners: ['https://github.com/acme'] }],
    ['owners[1]: stands there twice', { owners: ['acme', 'Acme'] }],
    ['runnerGroup: must be the name', { runnerGroup: ' ' }],
    ['ephemeral: must be true or false', { ephemeral: 'yes' }],
    ['runnersMaximumCount: must be a whole number from -1', { runnersMaximumCount: 1.5 }],
    ['runnerBootTimeMinutes: must be a whole number', { runnerBootTimeMinutes: 0 }],
    ['delayWebhookEventSeconds: must be a whole number from 0 to 900, or null', { delayWebhookEventSeconds: 901 }],
    ['market: must be "spot" or "on-demand"', { market: 'reserved' }],
    ['instanceTypes: must be a list', { instanceTypes: [] }],
    ['idle_config: is no field; did you mean idleConfig?', { idle_config: [] }],
    ['idleConfig[0].cron: A schedule cannot be empty', { idleConfig: [{ ...window, cron: ' ' }] }],
    ['idleConfig[0].cron: must be cron', { idleConfig: [{ ...window, cron: 5 }] }],
    ['idleConfig[1].timeZone: "Berlin" is not', { idleConfig: [window, { ...window, timeZone: 'Berlin' }] }],
    ['idleConfig[0].idlecount: is no field; did you mean idleCount?', { idleConfig: [{ ...window, idlecount: 1 }] }],
    ["idleConfig[0].idleCount: is 4, more than the fleet's", { idleConfig: [{ ...window, idleCount: 4 }] }],
    ["poolConfig[0].size: is 4, more than the fleet's", { poolConfig: [{ ...tick, size: 4 }], owners: ['a'] }],
    [
      'poolConfig[0].scheduleExpression: "rate(5 minute)"',
      { poolConfig: [{ ...tick, scheduleExpression: 'rate(5 minute)' }], owners: ['a'] },
    ],
    ['poolRunnerOwner: is missing', { poolConfig: [tick] }],
    ['poolRunnerOwner: is missing', { poolConfig: [tick], owners: ['a', 'b'] }],
    ['poolRunnerOwner: is a/b, and must be one name', { poolConfig: [tick], poolRunnerOwner: 'a/b' }],
    ['poolRunnerOwner: is a, and must be a repository', { poolConfig: [tick], owners: ['a'], scope: 'repo' }],
    [
      'poolRunnerOwner: is c, whom the fleet does not serve',
      { poolConfig: [tick], poolRunnerOwner: 'c', owners: ['a'] },
    ],
  ])('with a fleet of "%s"', (start, different) => {
    expect(problemsOf(withFleet(different))).toEqual([expect.stringContaining(`fleets.linux.${start}`)]);
  });

  test("with a pool that is larger than the deployment's limit", () => {
    const small = { ...withFleet({ poolConfig: [tick], owners: ['a'] }), runnersMaximumCount: 1 };
    expect(problemsOf(small)).toEqual([expect.stringContaining("more than the deployment's runnersMaximumCount of 1")]);
  });

  test('no pool is too large without limits', () => {
    const large = withFleet({ poolConfig: [{ ...tick, size: 500 }], owners: ['a'], runnersMaximumCount: -1 });
    expect(problemsOf(large)).toEqual([]);
  });

  test('with two fleets that serve the same jobs, naming both', () => {
    const fleets = { one: { labels: ['A', 'b'], owners: ['acme'] }, two: { labels: ['B', 'a'], owners: ['Acme'] } };
    expect(problemsOf(deployment({ fleets }))).toEqual([
      'fleets.two.labels: has the labels, scope and owners of fleet one, so that one of them never gets a job.',
    ]);
    const apart = { ...fleets, two: { ...fleets.two, scope: 'repo' } };
    expect(problemsOf(deployment({ fleets: apart }))).toEqual([]);
  });

  test('with names that every object has', () => {
    const written = JSON.stringify(deployment({ fleets: { linux, constructor: linux } }));
    const polluted = JSON.parse(written.replace('{', '{"__proto__":{"prefix":"evil"},'));
    expect(problemsOf(polluted).filter((problem) => problem.includes('reserved'))).toEqual([
      '__proto__: is a reserved name; choose another.',
      'fleets.constructor: is a reserved name; choose another.',
    ]);
    expect('prefix' in {}).toBe(false);
  });

  test('with every bad field named at once', () => {
    const bad = deployment({
      prefix: 7,
      forge: { ...forge, webhookSecretFile: undefined, app: undefined },
      fleets: { a: { ...linux, idleConfig: [{ cron: 'x' }], nope: 1 }, b: { labels: ['x', 'X', ''], market: 1 } },
    });
    expect(problemsOf(bad).map((problem) => problem.split(': ')[0])).toEqual([
      'prefix',
      'forge.webhookSecretFile',
      'forge.app',
      'fleets.a.idleConfig[0].cron',
      'fleets.a.idleConfig[0].idleCount',
      'fleets.a.nope',
      'fleets.b.labels[2]',
      'fleets.b.labels[1]',
      'fleets.b.market',
    ]);
  });

  test('and never with another error, whatever it is', () => {
    const values = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
    const keys = fc.constantFrom('forge', 'compute', 'fleets', 'prefix', '__proto__', 'toString');
    fc.assert(
      fc.property(
        fc.oneof(values, fc.dictionary(keys, fc.oneof(values, fc.dictionary(fc.string(), values)))),
        (value) => {
          expect(problemsOf(value).length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
