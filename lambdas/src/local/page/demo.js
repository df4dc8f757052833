import { byId, numberText, setText } from './element.js';

/** The form that queues jobs, where the stack is a demo. */
export function demoForm() {
  const form = byId('demo');
  const count = byId('demo-count');
  const result = byId('demo-result');
  let isSending = false;

  count.addEventListener('input', () => setText(byId('demo-send'), `Queue ${jobsText(count.valueAsNumber)}`));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // The button stays enabled meanwhile: a disabled one would lose the focus.
    if (isSending) return;
    isSending = true;
    setText(result, 'Queueing…');
    setText(result, await queueJobs(count.valueAsNumber));
    isSending = false;
  });

  return ({ isDemo }) => {
    form.hidden = !isDemo;
  };
}

async function queueJobs(count) {
  try {
    const answer = await fetch('/api/demo/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ count }),
    });
    return answer.ok ? `Queued ${jobsText(count)}.` : `Not queued: the stack answered ${answer.status}.`;
  } catch {
    return 'Not queued: the stack does not answer.';
  }
}

const jobsText = (count) => (Number.isNaN(count) ? 'jobs' : count === 1 ? '1 job' : `${numberText(count)} jobs`);
