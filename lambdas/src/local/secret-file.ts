import { readFileSync } from 'node:fs';
import { ConfigError, messageOf } from '../core/errors.ts';

/** A line break at the end is the editor's, not the secret's. Throws `ConfigError`, which names the file alone. */
export function readSecretFile(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([`the file ${file} can't be read: ${messageOf(error)}`], { cause: error });
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new ConfigError([`the file ${file} is empty; it must hold a secret`]);
  return secret;
}
