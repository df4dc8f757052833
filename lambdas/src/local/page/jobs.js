import { ageElement, setSince, spanText } from './durations.js';
import { byId, element, numberText, setText } from './element.js';
import { keyedList } from './keyed-list.js';
import { listing } from './listing.js';
import { reasonSentence } from './reasons.js';
import { cell, jobName, row } from './table-row.js';

/** The three lists of jobs: waiting, running, and those that ended. */
export function jobLists() {
  const keyOf = (job) => job.key;
  const showReasons = keyedList(byId('waiting-reasons'), ([reason]) => reason, tallyItem);
  const showWaiting = listing(byId('waiting'), keyOf, waitingRow);
  const showRunning = listing(byId('running'), keyOf, runningRow);
  const showEnded = listing(byId('ended'), keyOf, endedRow);
  return ({ jobs }) => {
    const waiting = jobs.filter((job) => job.state === 'queued' || job.state === 'blocked');
    showReasons(tallyOf(waiting));
    showWaiting(waiting);
    showRunning(jobs.filter((job) => job.state === 'running'));
    showEnded(jobs.filter((job) => job.state === 'done'));
  };
}

/** How many jobs wait for each reason, the most frequent first. */
function tallyOf(jobs) {
  const counts = new Map();
  for (const { reason } of jobs) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, 8);
}

function tallyItem() {
  const count = element('b');
  const sentence = element('span');
  return {
    node: element('li', {}, count, ' ', sentence),
    update([reason, jobs]) {
      setText(count, numberText(jobs));
      setText(sentence, reasonSentence(reason));
    },
  };
}

function waitingRow() {
  const age = ageElement();
  const name = jobName();
  const lane = cell('Lane', 'lane');
  const state = cell('State', 'state');
  const why = cell('Why', 'why');
  return {
    node: row(cell('Waits', 'time', age), cell('Job', 'job', name.node), lane, state, why),
    update(job) {
      setSince(age, job.queuedAt);
      name.update(job.repository, job.id);
      setText(lane, job.lane ?? 'none');
      setText(state, job.state);
      setText(why, reasonSentence(job.reason));
    },
  };
}

function runningRow() {
  const age = ageElement();
  const name = jobName();
  const lane = cell('Lane', 'lane');
  const runner = cell('Runner', 'name');
  const waited = cell('Waited', 'time');
  return {
    node: row(cell('Runs', 'time', age), cell('Job', 'job', name.node), lane, runner, waited),
    update(job) {
      setSince(age, job.startedAt);
      name.update(job.repository, job.id);
      setText(lane, job.lane ?? 'none');
      setText(runner, job.runner ?? 'not known yet');
      setText(waited, spanText(job.queuedAt, job.startedAt));
    },
  };
}

function endedRow() {
  const age = ageElement();
  const name = jobName();
  const conclusion = cell('Conclusion', 'conclusion');
  const waited = cell('Waited', 'time');
  const ran = cell('Ran', 'time');
  return {
    node: row(
      cell('Ended', 'time', element('span', {}, age, ' ago')),
      cell('Job', 'job', name.node),
      conclusion,
      waited,
      ran,
    ),
    update(job) {
      setSince(age, job.doneAt);
      name.update(job.repository, job.id);
      setText(conclusion, job.conclusion ?? 'not told');
      conclusion.classList.toggle('failed', job.conclusion === 'failure');
      setText(waited, spanText(job.queuedAt, job.startedAt ?? job.doneAt));
      setText(ran, spanText(job.startedAt, job.doneAt));
    },
  };
}
