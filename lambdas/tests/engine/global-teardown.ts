/** Jest's: after the last test file. */
export default async function stopForAll(): Promise<void> {
  await globalThis.stopEngine?.();
}
