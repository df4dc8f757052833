/** Whose jobs a runner may take: `org:acme`, `repo:acme/app`, `enterprise:acme`, or a whole instance, `instance:`. */
export type Scope = `${'org' | 'repo' | 'enterprise' | 'instance'}:${string}`;

/** Jobs in one lane are interchangeable for its runners, so we count per lane and never pair a job with a machine. */
export interface Lane {
  readonly fleet: string;
  readonly scope: Scope;
}

/** The lane's name in keys, tags and messages. Fleet names hold no slash, so the first one ends the fleet. */
export const laneKey = (lane: Lane): string => `${lane.fleet}/${lane.scope}`;

/** The lane behind a key, or undefined for a text that is none. */
export function laneOf(key: string): Lane | undefined {
  const match = /^([^/]+)\/((?:org|repo|enterprise|instance):.*)$/.exec(key);
  return match?.[1] && match[2] ? { fleet: match[1], scope: match[2] as Scope } : undefined;
}
