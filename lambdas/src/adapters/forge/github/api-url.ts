/** Where people open the forge, without trailing slashes: the base of every address that a runner is told. */
export const webUrlOf = (url: string): string => url.trim().replace(/\/+$/, '');

/** Where its REST API answers: github.com, a company's ghe.com, or GitHub Enterprise Server, which has it under a path. */
export function apiUrlOf(url: string): string {
  const { protocol, host, pathname } = new URL(webUrlOf(url));
  if (host === 'github.com' || host === 'www.github.com') return 'https://api.github.com';
  if (host.endsWith('.ghe.com')) return `${protocol}//api.${host}`;
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}/api/v3`;
}
