import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figures } from './figures.ts';

/** One pass over 5,000 runners with nothing to do: 4,000 work, an idle window keeps the other 1,000. */
export const scaleDownQuiet = (): Figures => inOwnProcess('quiet');

/** The same 5,000 without the window: the 1,000 idle ones are asked to leave. */
export const scaleDownSurplus = (): Figures => inOwnProcess('surplus');

/** A minute later: the 1,000 agree, and are deregistered. */
export const scaleDownLeaving = (): Figures => inOwnProcess('leaving');

/** The quiet 5,000 in 500 lanes, a repository each. */
export const scaleDownManyLanes = (): Figures => inOwnProcess('many-lanes');

/** Memory is the peak over an empty process: it holds our code, and the deployment in memory as well. */
function inOwnProcess(deployment: string): Figures {
  const figures = JSON.parse(node(fileOf('scale-down-run'), deployment));
  const emptyMegabytes = Number(node(fileOf('peak-memory')));
  return { ...figures, peakMegabytes: figures.peakMegabytes - emptyMegabytes };
}

const fileOf = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { encoding: 'utf8' });
