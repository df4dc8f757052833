import { ageElement, setSince } from './durations.js';
import { byId, element, setText } from './element.js';
import { listing } from './listing.js';
import { reasonSentence } from './reasons.js';
import { cell, jobName, row } from './table-row.js';

/** The runners that are up, youngest first, so that what happens now is seen. */
export function runnerList() {
  const show = listing(byId('runners'), ({ runner }) => runner.id, runnerRow);
  return ({ runners, jobs }) => {
    const jobByKey = new Map(jobs.map((job) => [job.key, job]));
    const up = runners.filter((runner) => runner.state !== 'gone').sort(youngestFirst);
    show(up.map((runner) => ({ runner, job: jobByKey.get(runner.job) })));
  };
}

const youngestFirst = (a, b) => b.launchedAt - a.launchedAt || (a.id < b.id ? -1 : 1);

function runnerRow() {
  const age = ageElement();
  const dot = element('i', { class: 'dot' });
  const state = element('span');
  const name = element('span', { class: 'name' });
  const lane = element('span', { class: 'lane' });
  const job = jobName();
  const reason = element('span', { class: 'reason' });
  return {
    node: row(
      cell('Age', 'time', age),
      cell('State', 'state', element('span', { class: 'state-mark' }, dot, state)),
      cell('Runner', 'runner', element('span', { class: 'two-lines' }, name, ' ', lane)),
      cell('Job or reason', 'doing', element('span', { class: 'two-lines' }, job.node, ' ', reason)),
    ),
    update({ runner, job: known }) {
      setSince(age, runner.launchedAt);
      dot.className = `dot ${runner.state}`;
      setText(state, runner.state);
      setText(name, runner.name);
      setText(lane, runner.lane);
      job.node.hidden = runner.job === undefined;
      job.update(known?.repository ?? runner.job ?? '', known?.id ?? '');
      // That it runs a job is said by the job.
      reason.hidden = runner.job !== undefined && runner.reason === 'job-names-it';
      setText(reason, reasonSentence(runner.reason));
    },
  };
}
