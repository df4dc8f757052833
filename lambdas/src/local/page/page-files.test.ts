import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { pageFile, pagePaths } from './page-files.ts';

test('every file of the page is served, and nothing beside them', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => /\.(html|css|js|svg)$/.test(name));
  const paths = files.map((name) => (name === 'index.html' ? '/' : `/page/${name}`));
  expect([...pagePaths].sort()).toEqual(paths.sort());
  for (const path of pagePaths) expect(pageFile(path)?.body.length).toBeGreaterThan(0);
  for (const path of ['/page/page-files.js', '/page/../serve.ts', '/page/', '/index.html', '/page/style.css/']) {
    expect(pageFile(path)).toBeUndefined();
  }
});

test('each file says what it is', () => {
  expect(pageFile('/')?.contentType).toBe('text/html; charset=utf-8');
  expect(pageFile('/page/style.css')?.contentType).toBe('text/css; charset=utf-8');
  expect(pageFile('/page/script.js')?.contentType).toBe('text/javascript; charset=utf-8');
});
