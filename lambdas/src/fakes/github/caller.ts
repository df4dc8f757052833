import type { Installation } from './accounts.ts';
import { verifyAppJwt } from './app-jwt.ts';
import type { Call } from './http/call.ts';
import { Refusal } from './http/refusal.ts';
import type { Caller, Match } from './routes/route.ts';
import type { World } from './world.ts';

/** Who calls. Throws 401 for whom nobody knows, and 404 for what they may not see: GitHub does not tell more. */
export function callerOf(world: World, { headers }: Call, { route, params }: Match): Caller {
  const token = /^(?:bearer|token) +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refusal(401, 'Requires authentication');
  if (route.caller === 'app') {
    verifyAppJwt(token, world.app, world.clock.now());
    return { kind: 'app', jwt: token };
  }
  const installation = world.tokens.installationOf(token);
  if (!installation) throw new Refusal(401, 'Bad credentials');
  if (!maySee(world, installation, params)) throw new Refusal(404, 'Not Found');
  return { kind: 'installation', installation };
}

/** An installation sees its own account and the repositories of that. */
function maySee(world: World, { account }: Installation, params: Match['params']): boolean {
  const isAccount = (login: string | undefined): boolean => login?.toLowerCase() === account.login.toLowerCase();
  if (params.enterprise !== undefined) return account.type === 'Enterprise' && isAccount(params.enterprise);
  if (params.org !== undefined) return account.type === 'Organization' && isAccount(params.org);
  if (params.owner === undefined) return true;
  return isAccount(params.owner) && world.accounts.repository(params.owner, params.repo ?? '') !== undefined;
}
