import { expect, test } from '@jest/globals';
import { inBrowser } from './in-browser.ts';
import { shownState, waitingJob } from './shown-states.ts';

inBrowser('the status page, as time goes by', (view) => {
  test('an event changes the figures, and neither the focus nor what is typed', async () => {
    await view.open({ viewport: { width: 1200, height: 400 } });
    await view.page().locator('#demo-count').fill('25');
    await view
      .page()
      .evaluate('window.scrollTo(0, 200); window.firstRow = document.querySelector("#waiting tbody tr")');
    const jobs = [waitingJob(1, { reason: 'runner-boots' }), waitingJob(7), waitingJob(8)];
    view.stack().tell(shownState({ jobs, queue: { waiting: 0, hidden: 0, dead: 3 } }));
    await view.figure('waiting', '3');
    await view.figure('running', '0');
    await view.page().locator('[data-figure=dead].alarm:text-is("3")').waitFor();
    expect(await view.focused()).toBe('demo-count');
    expect(await view.page().locator('#demo-count').inputValue()).toBe('25');
    expect(await view.page().evaluate('window.scrollY')).toBe(200);
    expect(await view.page().evaluate('window.firstRow.isConnected && window.firstRow.textContent')).toMatch(
      'A runner is starting',
    );
  });

  test('ages go on between events', async () => {
    await view.open();
    view.stack().hush();
    const ages = view.page().locator('#waiting tbody time');
    const before = await ages.allTextContents();
    expect(before[0]).toMatch(/^1m \d\ds$/);
    for (const _ of [1, 2]) {
      const seen = (await ages.first().textContent()) ?? '';
      await view.page().locator('#waiting tbody tr:first-child time').filter({ hasNotText: seen }).waitFor();
    }
    const seconds = (text = ''): number => Number(/(\d+)s$/.exec(text)?.[1]);
    expect(seconds((await ages.allTextContents())[0])).toBeGreaterThanOrEqual(seconds(before[0]) + 2);
  });

  test('the demo queues jobs, and says so', async () => {
    await view.open();
    await view.page().getByRole('button', { name: 'Queue 10 jobs' }).click();
    await view.shows('#demo-result', 'Queued 10 jobs.');
    await view.page().getByLabel('Jobs', { exact: true }).fill('1');
    await view.page().getByRole('button', { name: 'Queue 1 job' }).press('Enter');
    await view.shows('#demo-result', 'Queued 1 job.');
    expect(view.stack().posted).toEqual([{ count: 10 }, { count: 1 }]);
    expect(await view.focused()).toBe('demo-send');
    view.stack().answerPosts(503);
    await view.page().locator('#demo-send').click();
    await view.shows('#demo-result', 'Not queued: the stack answered 503.');
  });

  test('without a demo there is nothing to queue with', async () => {
    view.stack().tell(shownState({ isDemo: false }));
    await view.open();
    expect(await view.page().locator('#demo').isHidden()).toBe(true);
    expect(await view.page().getByRole('button').count()).toBe(0);
  });

  test('a stack that is gone is said to be gone, until it is back', async () => {
    await view.open();
    await view.stack().stop();
    await view.shows('[role=alert]', 'The stack does not answer; trying again.');
    expect(await view.page().title()).toBe('No answer · CI runners');
    expect(await view.page().evaluate('getComputedStyle(document.querySelector("main")).filter')).toBe('grayscale(1)');
    const age = await view.textOf('#waiting tbody time');
    await view.page().locator('#demo-send').click();
    await view.shows('#demo-result', 'Not queued: the stack does not answer.');
    expect(await view.textOf('#waiting tbody time')).toBe(age);

    view.stack().tell(shownState({ jobs: [] }));
    await view.stack().start();
    await view.figure('waiting', '0');
    await view.page().locator('#gone').waitFor({ state: 'hidden' });
    expect(await view.page().evaluate('getComputedStyle(document.querySelector("main")).filter')).toBe('none');
    await view.shows('#waiting .empty', 'No job waits.');
  });

  test('a stack that holds the line and says nothing is gone as well', async () => {
    await view.open();
    view.stack().hush();
    await view.shows('[role=alert]', 'The stack does not answer; trying again.');
    view.stack().tell(shownState());
    await view.page().locator('#gone').waitFor({ state: 'hidden' });
  });
});
