import { byId, numberText, setText } from './element.js';

/** The headline row: every figure that the page has at a glance. */
export function figures() {
  const nodes = new Map(
    [...byId('figures').querySelectorAll('[data-figure]')].map((node) => [node.dataset.figure, node]),
  );
  return (state) => {
    for (const [name, figure] of figuresOf(state)) {
      const node = nodes.get(name);
      setText(node, typeof figure === 'number' ? numberText(figure) : figure);
      node.classList.toggle('zero', figure === 0);
    }
    nodes.get('dead').classList.toggle('alarm', state.queue.dead > 0);
  };
}

function figuresOf(state) {
  const jobsIn = (...states) => state.jobs.filter((job) => states.includes(job.state)).length;
  const runnersIn = (runnerState) => state.runners.filter((runner) => runner.state === runnerState).length;
  return [
    ['waiting', jobsIn('queued', 'blocked')],
    ['running', jobsIn('running')],
    ['done', state.jobsEnded],
    ...['launching', 'booting', 'idle', 'busy', 'leaving'].map((name) => [name, runnersIn(name)]),
    ['limit', limitText(state.fleets)],
    ['messages', state.queue.waiting],
    ['hidden', state.queue.hidden],
    ['dead', state.queue.dead],
  ];
}

const limitText = (fleets) =>
  fleets.some(({ limit }) => limit < 0) ? 'none' : numberText(fleets.reduce((sum, { limit }) => sum + limit, 0));
