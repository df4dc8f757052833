import { expect, test } from '@jest/globals';
import { inBrowser } from './in-browser.ts';
import { ago, endedJob, noon, sample, shownFleet, shownRunner, shownState, waitingJob } from './shown-states.ts';

inBrowser('the status page', (view) => {
  test('the first paint says how things stand', async () => {
    await view.open();
    for (const [name, text] of Object.entries({
      waiting: '2',
      running: '2',
      done: '1',
      launching: '0',
      idle: '1',
      busy: '2',
      limit: '4',
      messages: '7',
      dead: '0',
    })) {
      await view.figure(name, text);
    }
    expect(await view.page().title()).toBe('2 waiting · CI runners');
    expect(await view.page().locator('#waiting tbody tr').count()).toBe(2);
    expect(await view.page().locator('#running tbody tr').count()).toBe(2);
    const fleet = await view.textOf('.fleet');
    for (const part of ['linux', 'self-hosted', '3 of 4 runners', 'Demand 2 · supply 1']) expect(fleet).toContain(part);
    expect(await view.textOf('.lanes')).toBe('org:acme waits The fleet is at its limit');
    expect(await view.page().locator('[data-figure=dead].alarm').count()).toBe(0);
  });

  test('a reason is a sentence, and one that the page does not know its own words', async () => {
    const reasons = ['fleet-limit', 'older-lane-in-fleet', 'runner-boots', 'moon-is-full', 'moon-is-full'];
    view.stack().tell(shownState({ jobs: reasons.map((reason, id) => waitingJob(id, { reason })) }));
    await view.open();
    expect(await view.page().locator('#waiting td.why').allTextContents()).toEqual([
      'The fleet is at its limit',
      'An older lane is served first',
      'A runner is starting',
      'Moon is full',
      'Moon is full',
    ]);
    expect(await view.textOf('#waiting-reasons li')).toBe('2 Moon is full');
  });

  test('what strangers named is text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const lane = `linux/repo:${evil}`;
    const bad = { repository: evil, id: evil, lane, runner: evil };
    view.stack().tell(
      shownState({
        jobs: [
          waitingJob(1, { ...bad, reason: evil }),
          endedJob(2, { ...bad, state: 'running' }),
          endedJob(3, { ...bad, conclusion: evil }),
        ],
        runners: [shownRunner(1, { name: evil, lane, reason: evil }), shownRunner(2, { job: evil })],
        fleets: [shownFleet({ name: evil, labels: [evil], lanes: [{ lane, kind: evil, reason: evil }] })],
      }),
    );
    await view.open();
    await view.shows('#waiting td.job', evil);
    await view.shows('#runners td.runner', evil);
    await view.shows('.fleet h3', evil);
    expect(await view.page().locator('img').count()).toBe(0);
  });

  test('the time line draws each series, and says it in words', async () => {
    await view.open();
    for (const name of ['demand', 'supply', 'busy', 'limit']) {
      expect(await view.page().locator(`path[data-series=${name}]`).getAttribute('d')).toMatch(
        /^M[\d.]+ [\d.]+.*H[\d.]+/,
      );
    }
    expect(await view.page().getByRole('img', { name: 'Demand and supply' }).count()).toBe(1);
    expect(await view.page().locator('#timeline-chart text').allTextContents()).toContain('now');
    expect(await view.page().locator('#timeline-summary').textContent()).toBe(
      'Over the last 2s. Now: demand 2, at most 2; supply 1, at most 1; busy 2, at most 2; limit 4.',
    );
    expect((await view.page().locator('.legend b').allTextContents()).map((text) => text.trim())).toEqual([
      '2',
      '1',
      '2',
      '4',
    ]);

    view.stack().tell(shownState({ history: [sample(1, { limit: -1 }), sample(0, { limit: -1, demand: 9 })] }));
    await view.shows('.legend [data-series=demand] b', '9');
    await view.shows('.legend [data-series=limit] b', 'none');
    expect(await view.page().locator('path.limit').getAttribute('d')).toBe('');
  });

  test('five thousand jobs stay a page', async () => {
    const waiting = Array.from({ length: 5000 }, (_, id) => waitingJob(id, { queuedAt: ago(5000 - id) }));
    const ended = Array.from({ length: 200 }, (_, id) => endedJob(10_000 + id));
    const history = Array.from({ length: 600 }, (_, index) => sample(599 - index, { demand: index % 90 }));
    const runners = Array.from({ length: 1000 }, (_, id) => shownRunner(id));
    view.stack().tell(shownState({ at: noon, jobs: [...waiting, ...ended], jobsEnded: 7200, runners, history }));
    await view.open();
    await view.figure('waiting', '5,000');
    await view.figure('done', '7,200');
    await view.shows('#waiting .more', 'and 4,950 more');
    await view.shows('#runners .more', 'and 950 more');
    expect(await view.page().locator('#waiting tbody tr').count()).toBe(50);
    expect(await view.page().evaluate('document.querySelectorAll("*").length')).toBeLessThan(4000);
  });
});
