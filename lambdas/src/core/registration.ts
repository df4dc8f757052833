/** The forge's record of a runner. */
export interface Registration {
  readonly id: string;
  readonly name: string;
  readonly online: boolean;
  /** Eventually consistent, and wrong in both directions: never the authority to end anything. */
  readonly busy: boolean;
  readonly labels: readonly string[];
}
