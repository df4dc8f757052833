/**
 * A runner is named after its machine, so that each side of it can be found from the other: `ci-i-0abc`. Where the
 * forge calls a name taken, a new suffix is tried, `ci-i-0abc.x7f2`: what holds the name is never deleted.
 */
export const runnerName = (prefix: string, instanceId: string, suffix?: string): string =>
  suffix === undefined ? `${prefix}-${instanceId}` : `${prefix}-${instanceId}.${suffix}`;

/** The machine that a registration of ours is named after; undefined for a name that is not ours. */
export function instanceOfName(prefix: string, name: string): string | undefined {
  if (!name.startsWith(`${prefix}-i-`)) return undefined;
  return name.slice(prefix.length + 1).split('.')[0];
}

/** Whether a runner's name, of whatever prefix, says that it runs on that machine. */
export const namesInstance = (name: string, instanceId: string): boolean =>
  name.endsWith(`-${instanceId}`) || name.includes(`-${instanceId}.`);
