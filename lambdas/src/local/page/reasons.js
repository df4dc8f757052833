/** Reasons are kebab-case words in logs and in the state; here they are sentences. */
const sentences = new Map([
  // Why a job waits, and what was decided about its lane.
  ['fleet-limit', 'The fleet is at its limit'],
  ['deployment-limit', 'The deployment is at its limit'],
  ['older-lane-in-fleet', 'An older lane is served first'],
  ['older-lane-in-deployment', 'An older lane of another fleet is served first'],
  ['forge-budget', 'The forge’s request budget is used up for now'],
  ['hourly-cap', 'The fleet launched as many as it may this hour'],
  ['no-capacity', 'The cloud has no machine to give right now'],
  ['worker-without-event', 'A runner may have taken it; its event is on the way'],
  ['breaker-open', 'Launches failed; the next try is due soon'],
  ['breaker-probe', 'One trial launch after failures'],
  ['runner-boots', 'A runner is starting'],
  ['runner-is-idle', 'An idle runner is about to take it'],
  ['not-looked-at-yet', 'Not looked at yet'],
  ['forge-says-otherwise', 'The forge says something else; it is asked again'],
  ['supply-suffices', 'No more runners are needed'],
  ['jobs-wait', 'Jobs wait for runners'],
  ['pool-is-due', 'The pool is filled up'],
  ['word-is-old', 'The forge is asked whether it still waits'],
  ['not-runnable-yet', 'The forge does not let it run yet'],
  ['no-fleet-matches', 'No fleet has its labels'],
  ['backing-off', 'The last try failed; the next one is due soon'],
  ['try-again', 'The last try failed; the next one is due soon'],

  // What a runner does.
  ['boots', 'Starting'],
  ['booting', 'Starting'],
  ['past-boot-limit', 'Takes too long to start'],
  ['boot-limit', 'Took too long to start'],
  ['waits-for-job', 'Ready for a job'],
  ['forge-does-not-know-it', 'The forge does not know it'],
  ['job-names-it', 'Runs a job'],
  ['lease-shows-worker', 'Works; the job’s event is on its way'],
  ['foreign-job', 'Runs a job that no event told of'],

  // Why a runner leaves.
  ['asked', 'Asked to leave'],
  ['asked-to-leave', 'Asked to leave'],
  ['surplus', 'Not needed any more'],
  ['idle-window', 'Kept ready by the idle window'],
  ['fleet-removed', 'Its fleet was removed'],
  ['job-done', 'Its job is done'],
  ['done', 'Its job is done'],
  ['left', 'Left when asked'],
  ['host-leaves', 'Leaves by itself'],
  ['ends-itself', 'Shuts itself down'],
  ['ends-when-quiet', 'Ends when its work is done'],
  ['runner-exited', 'The runner program ended'],
  ['runner-deprecated', 'The forge refuses the runner program, which is too old'],
  ['start-failed', 'The runner program did not start'],
  ['agent-died', 'Its agent died'],
  ['spot-notice', 'The cloud takes the machine back'],
  ['hard-limit', 'Reached the hard limit of its life'],
  ['silent', 'Has not been heard of'],
  ['impaired', 'The machine is impaired'],
  ['absent', 'The machine is not there any more'],
  ['terminated', 'The machine has ended'],
  ['stopping', 'The machine is stopping'],
  ['bypass-removal', 'Kept, as a person asked for it'],
  ['grant-void', 'Its credential was withdrawn'],
  ['grant-lost', 'Its credential got lost'],
  ['row-gone', 'The ledger does not know it'],
  ['control-plane-silent', 'It could not reach the control plane'],
]);

/** A sentence for a reason; one that this page does not know is shown as its own words. */
export function reasonSentence(reason) {
  const words = reason.replaceAll('-', ' ').trim();
  return sentences.get(reason) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
