// biome-ignore lint/suspicious/noExplicitAny: the arguments of a method that is not known yet; `Call` gives them their types.
type Method = (...args: any[]) => Promise<unknown>;

/** One call of a port: `{ name: 'transact', args: [writes, token] }`. */
export type Call<Port> = {
  readonly [Name in keyof Port & string]: Port[Name] extends (...args: infer Args) => unknown
    ? { readonly name: Name; readonly args: Readonly<Args> }
    : never;
}[keyof Port & string];

/** What happens around each call: wait, to let other tasks run; or throw, before it has any effect or after it had. */
export interface Hooks<Port> {
  readonly before?: (call: Call<Port>) => void | Promise<void>;
  readonly after?: (call: Call<Port>) => void | Promise<void>;
}

/** A port made of a port: the fault injector of tests and simulation. Without hooks it is the port itself. */
export function hooked<Port extends { readonly [Name in keyof Port]: Method }>(
  port: Port,
  hooks: Hooks<Port> | undefined,
): Port {
  if (hooks === undefined) return port;
  const around =
    (name: string, method: Method): Method =>
    async (...args) => {
      const call = { name, args } as unknown as Call<Port>;
      // Awaited even where there is none, so that a call never takes effect before its caller goes on.
      await hooks.before?.(call);
      const answer = await method(...args);
      await hooks.after?.(call);
      return answer;
    };
  const methods = Object.entries<Method>(port).map(([name, method]) => [name, around(name, method)]);
  return Object.fromEntries(methods) as Port;
}
