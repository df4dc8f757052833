/** As many labels as a fleet may have, each as long as one may be. A job beyond that is run by no fleet that can be written. */
export const labelsLimit = 100;
export const labelLengthLimit = 256;

/** Whoever may write a workflow writes its labels: what is beyond the limits is neither recorded nor repeated. */
export const areWithinLimits = (labels: readonly string[]): boolean =>
  labels.length <= labelsLimit && labels.every((label) => label.length <= labelLengthLimit);
