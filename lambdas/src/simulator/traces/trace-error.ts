/** A file is no trace, or not a sound one. `problems` names the first of them, each with its place and what to write instead. */
export class TraceError extends Error {
  readonly problems: readonly string[];
  constructor(fileName: string, problems: readonly string[], more = 0) {
    const lines = [...problems.map((problem) => `- ${problem}`), ...(more > 0 ? [`and ${more} more.`] : [])];
    super(`${fileName} cannot be used as a trace:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'TraceError';
    this.problems = problems;
  }
}
