import { runTrial } from './trial/run-trial.ts';
import { parseTrialOptions } from './trial/trial-options.ts';
import { brokenPromises } from './trial/trial-result.ts';

const options = parseTrialOptions(process.argv.slice(2));
process.stderr.write('Terraform deploys the module on doubles of AWS, in about two minutes.\n');
const result = await runTrial(options);
const broken = brokenPromises(result);
for (const sentence of broken) process.stderr.write(`broken: ${sentence}\n`);
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
