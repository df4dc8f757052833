export interface JsonDocument {
  /** Where it begins. */
  readonly line: number;
  readonly text: string;
}

/** JSON texts one after the other: a single one, JSON lines, or pages as `gh api --paginate` prints them, `}{`. */
export function* documentsIn(text: string): Generator<JsonDocument> {
  let line = 1;
  let end = 0;
  for (;;) {
    const start = nextWord(text, end);
    line += lineBreaksIn(text, end, start);
    if (start === text.length) return;
    end = endOfDocument(text, start);
    yield { line, text: text.slice(start, end) };
    line += lineBreaksIn(text, start, end);
  }
}

function nextWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at += 1;
  return at;
}

/** After the bracket that closes what was opened, or the end of all; whether it is sound JSON is asked later. */
function endOfDocument(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
  }
  return text.length;
}

function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function lineBreaksIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
