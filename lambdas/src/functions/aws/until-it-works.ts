/** Made once, at its first use. A try that failed is forgotten, so that the next invocation tries again. */
export function untilItWorks<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
