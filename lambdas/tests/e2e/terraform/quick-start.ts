import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface QuickStart {
  /** The example's name. */
  readonly example: string;
  /** The arguments of each call of Terraform, in order. */
  readonly calls: readonly (readonly string[])[];
}

const readme = fileURLToPath(new URL('../../../../README.md', import.meta.url));

/** What the README tells people to type; `make e2e` has done `make dist` by then. */
export function quickStart(): QuickStart {
  const block = /^```\nmake dist\n([\s\S]*?)^```$/m.exec(readFileSync(readme, 'utf8'))?.[1] ?? '';
  const lines = block.split('\n').filter((line) => line !== '');
  const example = /^cd examples\/(\S+)$/.exec(lines[0] ?? '')?.[1];
  const calls = lines.slice(1).map((line) => line.split(' '));
  if (example === undefined || calls.length === 0 || calls.some(([program]) => program !== 'terraform')) {
    throw new Error("README.md's quick start is no longer 'make dist', 'cd examples/…' and calls of terraform.");
  }
  return { example, calls: calls.map(([, ...args]) => args) };
}
