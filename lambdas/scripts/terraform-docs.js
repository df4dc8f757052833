// Writes the tables of inputs and outputs in the READMEs of modules and in docs/inputs.md, from the .tf files.
import { writeFileSync } from 'node:fs';
import { documented, inRoot } from '../tests/terraform/module-tables.ts';

for (const [path, text] of documented()) writeFileSync(inRoot(path), text);
