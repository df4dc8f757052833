import { runTrial } from './trial/run-trial.ts';
import { parseTrialOptions } from './trial/trial-options.ts';
import { brokenPromises } from './trial/trial-result.ts';

const result = await runTrial(parseTrialOptions(process.argv.slice(2)));
const broken = brokenPromises(result);
for (const sentence of broken) process.stderr.write(`broken: ${sentence}\n`);
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
