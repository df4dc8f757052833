/**
 * `fetch` with a time limit for each attempt, that answers only once the body is complete. Octokit takes its signal
 * once for all attempts, and reads a body that breaks off as an empty one: a list without its runners.
 */
export function wholeFetch(fetch: typeof globalThis.fetch, timeoutSeconds: number): typeof globalThis.fetch {
  return async (input, init) => {
    const signal = AbortSignal.timeout(timeoutSeconds * 1000);
    const response = await fetch(input, { ...init, signal });
    const body = await response.arrayBuffer();
    const { status, statusText, headers } = response;
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  };
}
