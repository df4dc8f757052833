import { ConfigError } from './errors.ts';

/** EventBridge's own limits. */
const first = 1970;
const last = 2199;

/** The years of EventBridge's last field: `*`, `2026`, `2026-2028`, `2026/2`, and lists of them. Undefined: any. */
export function years(field: string): ReadonlySet<number> | undefined {
  if (field === '*') return undefined;
  return new Set(field.split(',').flatMap(yearsOf));
}

function yearsOf(item: string): readonly number[] {
  const match = /^(?:(\d{4})(?:-(\d{4}))?|\*)(?:\/(\d{1,3}))?$/.exec(item);
  const [, start, end, step] = match ?? [];
  const from = Number(start ?? first);
  const to = Number(end ?? (step || !start ? last : from));
  const by = Number(step ?? 1);
  if (!match || by === 0 || from < first || to > last || from > to) {
    throw new ConfigError([`The year field cannot have ${JSON.stringify(item)}: years are ${first} to ${last}.`]);
  }
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, place) => from + place * by);
}
