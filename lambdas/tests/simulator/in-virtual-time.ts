import type { VirtualTime } from '../../src/simulator/engine/virtual-time.ts';

const limitSeconds = 3600;

/** Lets virtual time pass until the work is done, for a caller that knows nothing of it. */
export async function inVirtualTime<T>(time: VirtualTime, work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  work.then(over, over);
  await time.run(time.now() + limitSeconds * 1000, () => isOver);
  if (!isOver) throw new Error(`It was not done in ${limitSeconds} virtual seconds.`);
  return work;
}

// biome-ignore lint/suspicious/noExplicitAny: the methods of any port, called as they come.
type Method = (...args: any[]) => unknown;

/** A port whose calls take virtual time, for callers that just await them; one call at a time. */
export function awaited<Port extends object>(time: VirtualTime, port: Port, lists: readonly (keyof Port)[]): Port {
  const entries = Object.entries(port).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value];
    const method = value as Method;
    if (lists.includes(name as keyof Port)) {
      const whole = async (args: unknown[]): Promise<unknown[]> => {
        const items: unknown[] = [];
        for await (const item of method(...args) as AsyncIterable<unknown>) items.push(item);
        return items;
      };
      return [
        name,
        async function* (...args: unknown[]) {
          yield* await inVirtualTime(time, whole(args));
        },
      ];
    }
    return [
      name,
      (...args: unknown[]) => {
        const answer = method(...args);
        return answer instanceof Promise ? inVirtualTime(time, answer) : answer;
      },
    ];
  });
  return Object.fromEntries(entries) as Port;
}
