/** One `variable` or `output` of a module, as far as its documentation needs it. Written as `terraform fmt` leaves it. */
export interface HclBlock {
  readonly name: string;
  /** By attribute: the text of its value; nested blocks are left out. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** The blocks of one kind, in the order of the file. */
export function blocksOf(kind: 'variable' | 'output', text: string): readonly HclBlock[] {
  const pattern = new RegExp(`^${kind} "([^"]+)" \\{\\n([\\s\\S]*?)^\\}$`, 'gm');
  return [...text.matchAll(pattern)].map(([, name = '', body = '']) => ({ name, attributes: attributesOf(body) }));
}

function attributesOf(body: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const lines = body.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name, begun = ''] = /^ {2}(\w+) += (.*)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined) continue;
    const ends = endOf(lines, at, begun);
    attributes.set(name, [begun, ...lines.slice(at + 1, ends + 1)].join('\n'));
    at = ends;
  }
  return attributes;
}

/** The line in which a value ends that begins at `from`. What is longer than a line ends at its own indentation. */
function endOf(lines: readonly string[], from: number, begun: string): number {
  const heredoc = /^<<-(\w+)$/.exec(begun)?.[1];
  const isEnd = (line: string): boolean => (heredoc ? line.trim() === heredoc : /^ {2}[})\]]/.test(line));
  if (!heredoc && !/[[({]$/.test(begun)) return from;
  const after = lines.slice(from + 1).findIndex(isEnd);
  return after < 0 ? from : from + 1 + after;
}

/** A quoted text or a heredoc, as its reader sees it. */
export function textOf(value = ''): string {
  if (!value.startsWith('<<-')) return value.replace(/^"|"$/g, '').replace(/\\"/g, '"');
  const lines = value.split('\n').slice(1, -1);
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}
