/** Whether what belongs to the second belongs to the first: `acme` covers itself and `acme/app`. Case does not count. */
export function covers(owner: string, other: string): boolean {
  const [wide, narrow] = [owner.toLowerCase(), other.toLowerCase()];
  return wide === narrow || narrow.startsWith(`${wide}/`);
}

/** Whether there can be a job that belongs to both. */
export const meets = (owner: string, other: string): boolean => covers(owner, other) || covers(other, owner);
