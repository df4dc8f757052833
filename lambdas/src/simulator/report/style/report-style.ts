import { readFileSync } from 'node:fs';

/** In this order, as later rules win. */
const files = [
  'colours.css',
  'text.css',
  'tables.css',
  'figures.css',
  'charts.css',
  'series.css',
  'narrow.css',
  'print.css',
];

/** The report's style sheet, to be put into the page. */
export const reportStyle = (): string =>
  files.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
