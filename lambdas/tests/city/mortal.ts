import type { World } from '../../src/functions/world.ts';

/** Where an invocation dies: at its n-th call of any port, before that call has its effect or right after. */
export interface Death {
  readonly atCall: number;
  readonly when: 'before' | 'after';
}

export interface Mortal {
  readonly world: World;
  /** Calls made so far; fewer than `atCall` at the end: it outlived them all. */
  calls(): number;
  readonly died: Promise<void>;
}

const ports = ['ledger', 'compute', 'forge', 'hosts', 'queue'] as const;
// biome-ignore lint/suspicious/noExplicitAny: methods of five ports, called as they come.
type Method = (...args: any[]) => any;

/** A world in which an invocation can die half way: from then on nothing it awaits ever answers. */
export function mortal(world: World, death: Death): Mortal {
  let calls = 0;
  let die = (): void => {};
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const forever = (): Promise<never> => {
    die();
    return new Promise<never>(() => {});
  };
  const isDead = (): boolean => calls >= death.atCall;

  const called =
    (method: Method): Method =>
    async (...args) => {
      if (isDead()) return forever();
      calls += 1;
      if (isDead() && death.when === 'before') return forever();
      const answer = await method(...args);
      return isDead() ? forever() : answer;
    };
  const listed = (method: Method): Method =>
    async function* (...args) {
      if (isDead()) await forever();
      calls += 1;
      if (isDead()) await forever();
      yield* method(...args);
    };
  const lists = new Set(['list', 'listRunners', 'missedEvents', 'repositories', 'openJobs']);
  const wrapped = (port: object, isLedger: boolean): object =>
    Object.fromEntries(
      Object.entries(port).map(([name, value]) => {
        if (typeof value !== 'function' || name === 'parseWebhook') return [name, value];
        return [name, lists.has(name) && !isLedger ? listed(value) : called(value)];
      }),
    );
  const mortalPorts = Object.fromEntries(ports.map((name) => [name, wrapped(world[name], name === 'ledger')]));
  return { world: { ...world, ...mortalPorts } as World, calls: () => calls, died };
}
