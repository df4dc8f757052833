/** An entry is `owner/name`, or `owner` for all of its repositories; case as people write it. Empty: everybody. */
export function isAllowed(repo: string, allowList: readonly string[]): boolean {
  if (allowList.length === 0) return true;
  const name = repo.toLowerCase();
  const owner = name.split('/')[0];
  return allowList.some((entry) => [name, owner].includes(entry.toLowerCase()));
}
