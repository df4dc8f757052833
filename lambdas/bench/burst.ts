import type { Figures } from './figures.ts';
import { type Town, town } from './town.ts';

const jobs = 1000;
const jobSeconds = 600;

/** 1,000 jobs queued at once in one lane: every port's calls until all have started, and until every machine is gone. */
export async function burst(): Promise<Figures> {
  const place = await town({ jobs, apps: ['app-1'], jobSeconds });
  const minutes = await place.untilStarted();
  const { forge, compute } = place.city;
  const { listRunners, openJobs, missedEvents, repositories } = forge.calls;
  const untilStarted = {
    launchCalls: compute.counts().launch,
    listCallsOnLaunchPath: place.counts.launchPathLists,
    forgeListsPerMinute: (listRunners + openJobs + missedEvents + repositories) / minutes,
    grantsRefused: place.refusals(),
    queueSendsPerJob: place.counts.sends / jobs,
    ...ledgerFigures(place),
  };
  await place.untilGone();
  const { ledgerTransactionsPerJob, rowsReadPerJob, rowsWrittenPerJob } = ledgerFigures(place);
  return {
    ...untilStarted,
    grantsPerJobToItsEnd: forge.calls.createRunner / jobs,
    jobReadsPerJobToItsEnd: forge.calls.getJob / jobs,
    ledgerTransactionsPerJobToItsEnd: ledgerTransactionsPerJob,
    rowsReadPerJobToItsEnd: rowsReadPerJob,
    rowsWrittenPerJobToItsEnd: rowsWrittenPerJob,
  };
}

function ledgerFigures({ city: { table } }: Town) {
  const { get, query, transact, rowsRead, rowsWritten } = table.counts();
  return {
    ledgerGetsPerJob: get / jobs,
    ledgerQueriesPerJob: query / jobs,
    ledgerTransactionsPerJob: transact / jobs,
    rowsReadPerJob: rowsRead / jobs,
    rowsWrittenPerJob: rowsWritten / jobs,
  };
}
