import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import type { GuardMutant } from './guard-mutants.ts';

type Edit = Pick<GuardMutant, 'guard' | 'file' | 'find' | 'replace'>;

const urlOf = (file: string): URL => new URL(`../../src/${file}`, import.meta.url);

/** From now on this process loads that file with the guard taken out. Nothing is written. */
export function loadMutated(edit: Edit): void {
  const { href } = urlOf(edit.file);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      return url === href ? { ...loaded, source: mutatedText(String(loaded.source), edit) } : loaded;
    },
  });
}

/** Throws where the guard is not where the list of mutants has it. */
export function mutatedText(text: string, { guard, file, find, replace }: Edit): string {
  const count = text.split(find).length - 1;
  if (count === 1) return text.replace(find, () => replace);
  throw new Error(
    `The guard "${guard}" moved: its text stands in ${file} ${count} times, not once. Look for it there.`,
  );
}

export const textOf = ({ file }: Edit): string => readFileSync(urlOf(file), 'utf8');
