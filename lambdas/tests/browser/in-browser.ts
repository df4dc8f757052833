import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.ts';
import { type ScriptedStack, scriptedStack } from './scripted-stack.ts';
import { shownState } from './shown-states.ts';

/** The status page of one test, in a browser, and the stack that it shows. */
export interface View {
  readonly page: () => Page;
  readonly stack: () => ScriptedStack;
  /** Opens the page, and waits until it has heard of the stack. */
  open(options?: BrowserContextOptions): Promise<void>;
  /** Waits until the page shows this text there. */
  shows(selector: string, text: string): Promise<void>;
  /** Waits until this figure of the headline row says exactly that. */
  figure(name: string, text: string): Promise<void>;
  textOf(selector: string): Promise<string>;
  /** The id, class or tag of what has the focus. */
  focused(): Promise<unknown>;
}

const chromiumArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const missing = 'needs Chromium: install the package "chromium", or set CHROMIUM_PATH to one';

/** Facts that take a browser. Without one they are not there, and a line says so; on CI that is a failure. */
export function inBrowser(name: string, facts: (view: View) => void): void {
  const executablePath = findChromium();
  if (executablePath !== undefined) {
    describe(name, () => facts(browserView(executablePath)));
    return;
  }
  test('without a browser its facts are left out', () => {
    if (process.env.CI) throw new Error(`${name} ${missing}`);
    process.stderr.write(`Left out: ${name}. It ${missing}.\n`);
  });
}

function browserView(executablePath: string): View {
  let browser: Browser;
  let stack: ScriptedStack;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    stack = await scriptedStack(shownState());
  });
  afterEach(async () => {
    await page?.context().close();
    await stack.stop();
    expect(complaints.splice(0)).toEqual([]);
  });

  return {
    page: () => page,
    stack: () => stack,
    async open(options = {}) {
      const context = await browser.newContext(options);
      page = await context.newPage();
      page.setDefaultTimeout(10_000);
      collectComplaints(page, complaints);
      await page.goto(stack.url);
      await page.locator('body[data-connection=live]').waitFor();
    },
    shows: (selector, text) => page.locator(selector).filter({ hasText: text }).first().waitFor(),
    figure: (figure, text) => page.locator(`[data-figure=${figure}]:text-is("${text}")`).waitFor(),
    textOf: async (selector) => ((await page.locator(selector).first().textContent()) ?? '').trim(),
    focused: () =>
      page.evaluate('(({ id, className, tagName }) => id || className || tagName)(document.activeElement)'),
  };
}

/** An answer that fails is what some of the tests want; all else, such as a refused script, is a fault. */
function collectComplaints(page: Page, complaints: string[]): void {
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text());
  });
}
