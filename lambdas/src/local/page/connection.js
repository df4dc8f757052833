const silenceLimit = 5_000;
const retryAfter = 1_000;

/**
 * Follows the stack: `onState` for each state it tells, `onGone` once when it stops answering. We reconnect ourselves: a
 * browser gives up on an error answer, and does not notice a connection that is open but silent.
 */
export function follow({ onState, onGone }) {
  let isGone = false;
  let hasState = false;
  let source;
  let silence;

  const hear = (state) => {
    isGone = false;
    hasState = true;
    waitForNext();
    onState(state);
  };
  const lose = () => {
    source.close();
    clearTimeout(silence);
    setTimeout(open, retryAfter);
    if (!isGone) onGone();
    isGone = true;
  };
  const waitForNext = () => {
    clearTimeout(silence);
    silence = setTimeout(lose, silenceLimit);
  };
  const open = () => {
    source = new EventSource('/api/events');
    source.onmessage = (event) => hear(JSON.parse(event.data));
    source.onerror = lose;
    waitForNext();
  };

  open();
  // The first paint need not wait for the first event. Where this fails, the events fail as well, and say so.
  fetch('/api/state')
    .then(async (answer) => {
      if (!answer.ok) return;
      const state = await answer.json();
      if (!hasState) hear(state);
    })
    .catch(() => undefined);
}
