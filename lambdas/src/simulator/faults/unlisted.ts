import type { Fault } from './fault.ts';

const unlistedSeconds = [20, 300] as const;

export const unlisted: Fault = {
  name: 'unlisted',
  sentence: "The forge's list leaves a runner out for its first minutes.",
  begin: ({ chance, intensity, hit }) => {
    const listedAfter = new Map<string, number>();
    return {
      ofListing: ({ name, registeredSeconds }) => {
        const seconds =
          listedAfter.get(name) ?? (chance.happens(0.5 * intensity) ? chance.between(...unlistedSeconds) : 0);
        if (!listedAfter.has(name) && registeredSeconds < seconds) hit(name);
        listedAfter.set(name, seconds);
        return registeredSeconds < seconds ? { absent: true } : undefined;
      },
    };
  },
};
