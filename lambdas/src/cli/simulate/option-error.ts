/** What was typed cannot be done. Its message names the option, and what to write. */
export class OptionError extends Error {}
