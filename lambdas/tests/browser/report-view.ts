import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { ReportRuns } from '../../src/simulator/report/report-input.ts';
import { reportPage } from '../../src/simulator/report/report-page.ts';
import { findChromium } from './find-chromium.ts';

/** A report of one test, opened from a file as people open it. */
export interface ReportView {
  readonly page: () => Page;
  open(runs: ReportRuns, options?: BrowserContextOptions): Promise<void>;
  textOf(selector: string): Promise<string>;
  textsOf(selector: string): Promise<readonly string[]>;
  count(selector: string): Promise<number>;
}

const chromiumArguments = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'];

/** Facts that take a browser. Without one they are left out, and a line says so; on CI that is a failure. */
export function inReport(name: string, facts: (view: ReportView) => void): void {
  const executablePath = findChromium();
  if (executablePath !== undefined) {
    describe(name, () => facts(reportView(executablePath)));
    return;
  }
  test('without a browser its facts are left out', () => {
    if (process.env.CI) throw new Error(`${name} needs Chromium: install it, or set CHROMIUM_PATH to one`);
    process.stderr.write(`Left out: ${name}. It needs Chromium: install it, or set CHROMIUM_PATH to one.\n`);
  });
}

function reportView(executablePath: string): ReportView {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.html');
  const address = pathToFileURL(file).href;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    await page?.context().close();
    expect(complaints.splice(0)).toEqual([]);
  });

  return {
    page: () => page,
    async open(runs, options = {}) {
      await page?.context().close();
      writeFileSync(file, reportPage(runs));
      page = await (await browser.newContext(options)).newPage();
      page.on('request', (request) => {
        // The page itself, and the icon that it carries in itself.
        if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(request.url());
      });
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('dialog', (dialog) => complaints.push(dialog.message()));
      await page.goto(address);
    },
    textOf: async (selector) => spaced((await page.locator(selector).first().textContent()) ?? ''),
    textsOf: async (selector) => (await page.locator(selector).allTextContents()).map(spaced),
    count: (selector) => page.locator(selector).count(),
  };
}

/** As it is seen: spaces that do not break look like others. */
const spaced = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
