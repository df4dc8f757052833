import { runProcess } from './run-process.ts';

// Without a library for options: this is started by the hundred.
const place = process.argv.indexOf('--jitconfig');
const given = place > 0 ? process.argv[place + 1] : process.env.ACTIONS_RUNNER_INPUT_JITCONFIG;
process.exit(await runProcess(given));
