import { readDescription } from './description.ts';
import { type Validator, validator } from './validator.ts';

let cached: Validator | undefined;

/** One for all fakes of a process: reading the description, 14 MB, takes longer than all the rest of a start. */
export function githubValidator(): Validator {
  cached ??= validator(readDescription());
  return cached;
}
