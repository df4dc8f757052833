import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs a file of ours, named without its ending, with the Node that runs this one: from source as well as compiled. */
export const nodeCommand = (file: string, base: string): readonly string[] => [
  process.execPath,
  ...process.execArgv,
  fileURLToPath(new URL(`${file}${extname(base)}`, base)),
];
