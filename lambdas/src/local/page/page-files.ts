import { readFileSync } from 'node:fs';

/** One file of the status page, as it goes over HTTP. */
export interface PageFile {
  readonly contentType: string;
  readonly body: Buffer;
}

/** What each answer of the page carries: nothing but its own files and its own origin, and no page around it. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

const styles = ['colours.css', 'fleets.css', 'narrow.css', 'panels.css', 'style.css', 'tables.css', 'timeline.css'];

const scripts = [
  'connection.js',
  'demo.js',
  'durations.js',
  'element.js',
  'figures.js',
  'fleets.js',
  'jobs.js',
  'keyed-list.js',
  'listing.js',
  'reasons.js',
  'runners.js',
  'script.js',
  'table-row.js',
  'timeline-scale.js',
  'timeline.js',
];

/** Named one by one: in a build, this module lies beside them, and is nobody's business. */
const fileByPath: ReadonlyMap<string, { readonly name: string; readonly contentType: string }> = new Map([
  ['/', { name: 'index.html', contentType: 'text/html; charset=utf-8' }],
  ['/page/icon.svg', { name: 'icon.svg', contentType: 'image/svg+xml' }],
  ...styles.map((name) => [`/page/${name}`, { name, contentType: 'text/css; charset=utf-8' }] as const),
  ...scripts.map((name) => [`/page/${name}`, { name, contentType: 'text/javascript; charset=utf-8' }] as const),
]);

const read = new Map<string, PageFile>();

/** Every path that `pageFile` knows. */
export const pagePaths: readonly string[] = [...fileByPath.keys()];

/** The file of the status page at this path, read once; undefined: it has none there. */
export function pageFile(path: string): PageFile | undefined {
  const known = read.get(path);
  if (known !== undefined) return known;
  const file = fileByPath.get(path);
  if (file === undefined) return undefined;
  const body = readFileSync(new URL(file.name, import.meta.url));
  const page = { contentType: file.contentType, body };
  read.set(path, page);
  return page;
}
