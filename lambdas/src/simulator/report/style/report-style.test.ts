import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { reportStyle, styleFiles } from './report-style.ts';

test('every style sheet is in the page', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.css'));
  expect([...styleFiles].sort()).toEqual(files.sort());
});

test('nothing in it is asked for from elsewhere, and nothing ends it early', () => {
  expect(reportStyle()).not.toMatch(/url\(|@import|<\//);
});

test('every colour that is named has a value in the light and in the dark', () => {
  const [light = '', dark = ''] = reportStyle().split('@media screen and (prefers-color-scheme: dark)');
  const used = [...new Set(reportStyle().match(/(?<=var\()--[a-z0-9-]+/g))];
  expect(used.length).toBeGreaterThan(15);
  for (const name of used) {
    expect([name, light.includes(`${name}:`), dark.split('}')[0]?.includes(`${name}:`)]).toEqual([name, true, true]);
  }
});
