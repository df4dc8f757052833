import { CsvError, parse } from 'csv-parse/sync';
import { nearestName } from '../../core/nearest.ts';
import type { Gathering } from './gathering.ts';
import { optionalFields, quoted, readTraceJob, requiredFields } from './trace-job.ts';

/** Where each column that counts stands. */
type Columns = ReadonlyMap<string, number>;
type Row = readonly string[];

/** Reads a table whose first line names the columns. */
export function readCsv(text: string, gathering: Gathering): void {
  let header: { readonly columns: Columns; readonly width: number } | undefined;

  const readRow = (row: Row, line: number): void => {
    if (header === undefined) {
      header = { columns: columnsOf(row, line, gathering), width: row.length };
      return;
    }
    const complain = (sentence: string) => gathering.complain(`line ${line}`, sentence);
    if (row.length !== header.width) {
      complain(`it has ${row.length} fields and the first line ${header.width}; put what contains a comma in quotes.`);
      return;
    }
    const job = readTraceJob(Object.fromEntries([...header.columns].map(([name, at]) => [name, row[at]])), complain);
    if (job) gathering.take(job, `line ${line}`);
  };

  eachRow(text, readRow, (line, sentence) => gathering.complain(`line ${line}`, sentence));
  if (header === undefined) gathering.refuse(`It is empty; write a first line with ${named(requiredFields)}.`);
}

/** Row by row, so that the table is never there as a whole a second time. */
function eachRow(text: string, read: (row: Row, line: number) => void, complain: (line: number, why: string) => void) {
  try {
    parse(text, {
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (row: Row, { lines }) => {
        read(row, lines);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const why = quoteProblems.get(error.code) ?? error.message;
    complain(Number(error.lines), `${why}; what follows was not read.`);
  }
}

const quoteProblems: ReadonlyMap<string, string> = new Map([
  ['CSV_QUOTE_NOT_CLOSED', 'a field in quotes does not end; close it'],
  ['INVALID_OPENING_QUOTE', 'a quote stands inside a field; put the field in quotes and write that quote twice'],
  ['CSV_INVALID_CLOSING_QUOTE', 'a field goes on after its closing quote; write a quote inside a field twice'],
]);

/** Tables of other tools have dozens of columns. */
const headerLengthLimit = 200;

function columnsOf(header: Row, line: number, gathering: Gathering): Columns {
  const names = header.map((name) => name.toLowerCase());
  const twice = [...requiredFields, ...optionalFields].find(
    ({ name }) => names.indexOf(name) !== names.lastIndexOf(name),
  );
  if (twice) gathering.refuse(`line ${line}: there are two columns ${twice.name}; keep one.`);

  const missing = requiredFields.filter(({ name }) => !names.includes(name));
  if (missing.length > 0) {
    const hints = missing.flatMap(({ name }) => {
      const meant = nearestName(name, names);
      return meant ? [` Is ${meant} meant for ${name}?`] : [];
    });
    const found = quoted(header.join(', '), headerLengthLimit);
    const write = missing.map(({ name, write }) => `as ${name} ${write}`).join('; ');
    gathering.refuse(
      `line ${line}: these columns are missing: ${named(missing)}. Found between commas: ${found}.${hints.join('')} Write ${write}.`,
    );
  }
  const known = [...requiredFields, ...optionalFields].filter(({ name }) => names.includes(name));
  return new Map(known.map(({ name }) => [name, names.indexOf(name)]));
}

const named = (fields: typeof requiredFields): string => fields.map(({ name }) => name).join(', ');
