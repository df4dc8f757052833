/** As many calls a second, and no more of them at once. */
export function callBucket(perSecond: number): { takes(): boolean } {
  let tokens = perSecond;
  let filledAt = performance.now();
  return {
    takes() {
      const now = performance.now();
      tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
