import { availableParallelism, cpus } from 'node:os';
import { agentStart } from './agent.ts';
import { budgets } from './budgets.ts';
import { burst } from './burst.ts';
import { coldStart } from './cold-start.ts';
import { decisions } from './decision.ts';
import { ec2Agent } from './ec2-agent.ts';
import { type Figures, type Judged, judged } from './figures.ts';
import { longRun } from './long-run.ts';
import { ramp } from './ramp.ts';
import { scaleDownLeaving, scaleDownManyLanes, scaleDownQuiet, scaleDownSurplus } from './scale-down.ts';
import { webhookFunction } from './webhook.ts';
import { webhookOverHttp } from './webhook-http.ts';

const benchmarks: Readonly<Record<string, () => Figures | Promise<Figures>>> = {
  webhook: webhookFunction,
  webhookHttp: webhookOverHttp,
  burst,
  ramp,
  'scaleDown.quiet': scaleDownQuiet,
  'scaleDown.surplus': scaleDownSurplus,
  'scaleDown.leaving': scaleDownLeaving,
  'scaleDown.manyLanes': scaleDownManyLanes,
  agent: agentStart,
  'agent.onEc2': ec2Agent,
  coldStart,
  decision: decisions,
  longRun,
};

const isJson = process.argv.includes('--json');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const machine = `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
if (!isJson) print(machine);
const results: Record<string, readonly Judged[]> = {};
for (const [name, measure] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.some((prefix) => name.startsWith(prefix))) continue;
  const figures = judged(await measure(), budgets[name] ?? {});
  results[name] = figures;
  if (!isJson) print(tableOf(name, figures));
}
if (isJson) print(JSON.stringify({ machine, benchmarks: results }, null, 2));

function tableOf(name: string, figures: readonly Judged[]): string {
  const lines = figures.map(({ figure, value, budget, isMet }) => {
    const verdict = budget === undefined ? '' : `${budget.padEnd(9)} ${isMet ? 'met' : 'MISSED'}`;
    return `  ${figure.padEnd(34)} ${value.toLocaleString('en').padStart(12)}   ${verdict}`.trimEnd();
  });
  return ['', name, ...lines].join('\n');
}
