import { test } from '@jest/globals';
import { messageOf } from './errors.ts';
import { parseConfig } from './parse-config.ts';

test('x', () => {
  for (const value of [
    undefined,
    [],
    {},
    JSON.parse(
      '{"__proto__":{}, "fleets":{"A b":{},"constructor":[], "l":{"labels":["a","A",""],"idle_config":[],"maxRunners":1,"idleConfig":[{"cron":"","timezone":"x"},5],"poolConfig":[{"scheduleExpression":"rate(5 minutes)","size":7.5,"timeZone":"Europe/Berln"}]},"m":{"labels":["a"],"poolConfig":[{"scheduleExpression":"rate(5 minutes)","size":7}]},"n":{"labels":["A"]}},"forge":{"kind":"gitlab"},"compute":[]}',
    ),
  ]) {
    try {
      console.log(JSON.stringify(parseConfig(value), null, 1));
    } catch (t) {
      console.log(messageOf(t));
    }
  }
  console.log(
    JSON.stringify(
      parseConfig({
        forge: { kind: 'github', app: { id: 1, privateKeyFile: 'k' }, webhookSecretFile: 's' },
        compute: { kind: 'process', command: ['x'] },
        fleets: {
          a: { labels: ['x'], owners: ['Acme/app'], poolConfig: [{ scheduleExpression: 'rate(5 minutes)', size: 2 }] },
        },
      }),
      null,
      1,
    ),
  );
});
