import { readFileSync } from 'node:fs';

/** In this order, as later rules win. */
export const styleFiles: readonly string[] = [
  ...['colours.css', 'text.css', 'head.css', 'tables.css', 'figures.css', 'charts.css', 'series.css'],
  ...['narrow.css', 'print.css'],
];

/** The report's style sheet, to be put into the page. */
export const reportStyle = (): string =>
  styleFiles.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
