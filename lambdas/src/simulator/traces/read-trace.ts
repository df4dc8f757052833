import { readCsv } from './csv-trace.ts';
import { gathering, type Trace } from './gathering.ts';
import { readJson } from './json-trace.ts';

const byteOrderMark = '\uFEFF';

/** Reads recorded jobs, CSV or JSON by what the text looks like. Fails with a `TraceError` that names what is wrong. */
export function readTrace(text: string, fileName: string): Trace {
  const gathered = gathering(fileName);
  const content = text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
  const read = /^\s*[[{]/.test(content) ? readJson : readCsv;
  read(content, gathered);
  return gathered.trace();
}
