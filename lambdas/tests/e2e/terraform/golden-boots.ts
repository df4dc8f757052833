import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inRoot } from '../../terraform/module-tables.ts';

type Boots = Readonly<Record<string, string>>;

/**
 * What an example's machines run, as it was read last: a file a launch template. With UPDATE_GOLDEN set, what is rendered
 * now is written down instead, to be read as a diff.
 */
export function goldenBoots(example: string, rendered: Boots): Boots {
  const folder = fileURLToPath(inRoot(`tests/golden-boots/${example}`));
  if (process.env.UPDATE_GOLDEN) write(folder, rendered);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return Object.fromEntries(
    files.map((file) => [file.replace(/\.sh$/, ''), readFileSync(`${folder}/${file}`, 'utf8')]),
  );
}

function write(folder: string, boots: Boots): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, boot] of Object.entries(boots)) writeFileSync(`${folder}/${name}.sh`, boot);
}
