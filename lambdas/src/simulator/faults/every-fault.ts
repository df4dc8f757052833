import { agentsBlind } from './agents-blind.ts';
import { agentsDie } from './agents-die.ts';
import { agentsHang } from './agents-hang.ts';
import { bootsDawdle } from './boots-dawdle.ts';
import { bootsFail } from './boots-fail.ts';
import { busyLies } from './busy-lies.ts';
import { callsFail } from './calls-fail.ts';
import { callsHang } from './calls-hang.ts';
import { clocksDiffer } from './clocks-differ.ts';
import { coldStartsSlow } from './cold-starts-slow.ts';
import { controlPlaneAway } from './control-plane-away.ts';
import { ec2Away } from './ec2-away.ts';
import { endpointDown } from './endpoint-down.ts';
import { endsPending } from './ends-pending.ts';
import { endsSlow } from './ends-slow.ts';
import { eventsDoubled } from './events-doubled.ts';
import { eventsLate } from './events-late.ts';
import { eventsLost } from './events-lost.ts';
import { eventsRedelivered } from './events-redelivered.ts';
import { eventsReordered } from './events-reordered.ts';
import type { Fault } from './fault.ts';
import { fleetsRemoved } from './fleets-removed.ts';
import { foreignJobs } from './foreign-jobs.ts';
import { forgeAway } from './forge-away.ts';
import { functionsDie } from './functions-die.ts';
import { handOutAfterListing } from './hand-out-after-listing.ts';
import { handOutWhileLeaving } from './hand-out-while-leaving.ts';
import { hostsAway } from './hosts-away.ts';
import { jobsDeleted } from './jobs-deleted.ts';
import { jobsRequeued } from './jobs-requeued.ts';
import { jobsUnknown } from './jobs-unknown.ts';
import { launchesLost } from './launches-lost.ts';
import { launchesMistaken } from './launches-mistaken.ts';
import { ledgerAway } from './ledger-away.ts';
import { limitsLowered } from './limits-lowered.ts';
import { listsLag } from './lists-lag.ts';
import { machinesByHand } from './machines-by-hand.ts';
import { machinesCrash } from './machines-crash.ts';
import { machinesKept } from './machines-kept.ts';
import { nameTaken } from './name-taken.ts';
import { noCapacity } from './no-capacity.ts';
import { offlineFlaps } from './offline-flaps.ts';
import { partialFleets } from './partial-fleets.ts';
import { queueDoubles } from './queue-doubles.ts';
import { queueLate } from './queue-late.ts';
import { quota } from './quota.ts';
import { registrationsVanish } from './registrations-vanish.ts';
import { removalsSucceed } from './removals-succeed.ts';
import { runnersExit } from './runners-exit.ts';
import { spotNotices } from './spot-notices.ts';
import { stateChangesLost } from './state-changes-lost.ts';
import { throttles } from './throttles.ts';
import { unlisted } from './unlisted.ts';

/** All that can go wrong, by name. */
export const everyFault: readonly Fault[] = [
  agentsBlind,
  agentsDie,
  agentsHang,
  bootsDawdle,
  bootsFail,
  busyLies,
  callsFail,
  callsHang,
  clocksDiffer,
  coldStartsSlow,
  controlPlaneAway,
  ec2Away,
  endpointDown,
  endsPending,
  endsSlow,
  eventsDoubled,
  eventsLate,
  eventsLost,
  eventsRedelivered,
  eventsReordered,
  fleetsRemoved,
  foreignJobs,
  forgeAway,
  functionsDie,
  handOutAfterListing,
  handOutWhileLeaving,
  hostsAway,
  jobsDeleted,
  jobsRequeued,
  jobsUnknown,
  launchesLost,
  launchesMistaken,
  ledgerAway,
  limitsLowered,
  listsLag,
  machinesByHand,
  machinesCrash,
  machinesKept,
  nameTaken,
  noCapacity,
  offlineFlaps,
  partialFleets,
  queueDoubles,
  queueLate,
  quota,
  registrationsVanish,
  removalsSucceed,
  runnersExit,
  spotNotices,
  stateChangesLost,
  throttles,
  unlisted,
];
