import { follow } from './connection.js';
import { demoForm } from './demo.js';
import { tickAges } from './durations.js';
import { byId, numberText, setText } from './element.js';
import { figures } from './figures.js';
import { fleetList } from './fleets.js';
import { jobLists } from './jobs.js';
import { runnerList } from './runners.js';
import { timeline } from './timeline.js';

const views = [figures(), timeline(), jobLists(), fleetList(), runnerList(), demoForm()];

/** The state last told, and when, by the browser's own clock: ages go by the stack's clock, which may differ. */
let told;

const stackNow = () => told.at + (performance.now() - told.heardAt);

const clockText = (instant) => new Date(instant).toLocaleTimeString('en-GB');

function showState(state) {
  told = { at: state.at, heardAt: performance.now() };
  for (const show of views) show(state);
  tickAges(stackNow());
  showPace(state.timeScale);
  showConnection('live', `Live · ${clockText(state.at)}`, `${waitingText(state.jobs)} · CI runners`);
  byId('gone').hidden = true;
  setText(byId('gone-alert'), '');
}

function showGone() {
  showConnection('gone', 'No answer', 'No answer · CI runners');
  byId('gone').hidden = false;
  setText(byId('gone-alert'), 'The stack does not answer; trying again.');
  setText(byId('gone-since'), told ? `What you see is as of ${clockText(told.at)}.` : '');
}

function showConnection(name, text, title) {
  document.body.dataset.connection = name;
  setText(byId('connection'), text);
  document.title = title;
}

function showPace(timeScale) {
  byId('pace').hidden = timeScale === 1;
  setText(byId('pace'), timeScale === 1 ? '' : `Waiting times divided by ${numberText(timeScale)}`);
}

function waitingText(jobs) {
  const waiting = jobs.filter((job) => job.state === 'queued' || job.state === 'blocked').length;
  return `${numberText(waiting)} waiting`;
}

follow({ onState: showState, onGone: showGone });

// While the stack is gone nobody knows how old things are, so the ages stand still.
setInterval(() => {
  if (document.body.dataset.connection === 'live') tickAges(stackNow());
}, 1000);
