import { bareEnvironment } from './bare-environment.ts';
import { freePort } from './free-port.ts';
import { type ServerProcess, startServer } from './server-process.ts';

/** moto's EC2, without any of the limits and failures that EC2 has. */
export async function startMoto(account: string): Promise<{ readonly url: string; readonly server: ServerProcess }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['-H', '127.0.0.1', '-p', String(port)];
  // Also of whoever signs with another key than the account's: a role's session.
  const env = { ...bareEnvironment(), MOTO_ACCOUNT_ID: account };
  const server = await startServer({ command: 'moto_server', args, env, url: `${url}/moto-api/` });
  return { url, server };
}
