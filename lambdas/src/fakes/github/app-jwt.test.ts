import { expect, test } from '@jest/globals';
import { manualClock } from './clock.ts';
import { testbed } from './testbed.ts';

const startAt = Date.UTC(2026, 0, 1);
const seconds = startAt / 1000;

test.each([
  ['expired', { exp: seconds - 1 }, /'exp'/],
  ['valid for more than ten minutes', { exp: seconds + 700 }, /too far in the future/],
  ['without end', { exp: undefined }, /'exp'/],
  ['from the future', { iat: seconds + 120 }, /'iat'/],
  ['of another App', { iss: 7 }, /Integration not found/],
])('a JWT that is %s is refused', async (_, claims, message) => {
  const { call, jwt } = await testbed({ clock: manualClock(startAt) });
  const refused = await call('GET', '/app', undefined, jwt(claims));
  expect(refused.status).toBe(401);
  expect(refused.body.message).toMatch(message);
});

test('an issuer may be the App’s id, as number or text, or its client id', async () => {
  const { call, jwt, app } = await testbed();
  const { body } = await app('GET', '/app');
  for (const iss of [body.id, String(body.id), body.client_id]) {
    expect((await call('GET', '/app', undefined, jwt({ iss }))).status).toBe(200);
  }
});

test('a JWT that was changed or is none is refused', async () => {
  const { call, jwt } = await testbed();
  const [head, , signature] = jwt().split('.');
  const [, claims] = jwt({ exp: seconds + 1 }).split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const token of [`${head}.${claims}.${signature}`, `${none}.${claims}.`, 'a.b.c', 'x']) {
    expect((await call('GET', '/app', undefined, token)).status).toBe(401);
  }
  expect((await call('GET', '/app')).status).toBe(401);
});

test('a JWT that asks for a second token is counted, byte for byte or by its jti', async () => {
  const { call, jwt, fake } = await testbed();
  const ask = (token: string) =>
    call('POST', `/app/installations/${fake.installationId('acme')}/access_tokens`, undefined, token);
  const once = jwt();
  await ask(once);
  expect(fake.tallies.repeatedJwts).toBe(0);
  expect((await ask(once)).status).toBe(201);
  expect(fake.tallies.repeatedJwts).toBe(1);
  await ask(jwt({ jti: 'same' }));
  await ask(jwt({ jti: 'same', iat: seconds }));
  expect(fake.tallies.repeatedJwts).toBe(2);
});

test('an installation’s token opens its own account for an hour, and not what is the App’s', async () => {
  const clock = manualClock(startAt);
  const { api, app, call, fake } = await testbed({ clock });
  await call('POST', '/_control/jobs', { owner: 'other' });
  expect((await api('GET', '/orgs/acme/actions/runners')).status).toBe(200);
  expect((await api('GET', '/orgs/other/actions/runners')).status).toBe(404);
  expect((await api('GET', '/repos/other/app/actions/runs')).status).toBe(404);
  expect((await api('GET', '/app')).status).toBe(401);
  expect((await app('GET', '/orgs/acme/actions/runners')).status).toBe(401);
  clock.advance(3601);
  expect((await api('GET', '/orgs/acme/actions/runners')).status).toBe(401);
  expect(fake.tallies.violations).toEqual([]);
});

test('the App finds where it is installed', async () => {
  const { app, api, fake } = await testbed({ repositories: ['app', 'lib'] });
  const id = fake.installationId('acme');
  for (const path of ['/orgs/acme/installation', '/repos/acme/app/installation', '/users/acme/installation']) {
    expect((await app('GET', path)).body.id).toBe(id);
  }
  expect((await app('GET', '/orgs/nobody/installation')).status).toBe(404);
  expect((await app('GET', '/app/installations')).body).toMatchObject([{ id, account: { login: 'acme' } }]);
  const { body } = await api('GET', '/installation/repositories?per_page=1');
  expect(body).toMatchObject({ total_count: 2, repositories: [{ full_name: 'acme/app' }] });
  expect(fake.tallies.violations).toEqual([]);
});
