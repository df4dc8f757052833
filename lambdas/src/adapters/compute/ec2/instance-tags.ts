/** What stands on each machine from the moment of its launch, and finds it again. */
export const tagKeys = {
  application: 'ghr:Application',
  createdBy: 'ghr:created_by',
  environment: 'ghr:environment',
  lane: 'ghr:lane',
  fleet: 'ghr:fleet',
  launch: 'ghr:launch',
  /** Set by a person, to `true`. */
  bypassRemoval: 'ghr:bypass-removal',
} as const;

export const application = 'github-action-runner';

/** As people's policies, reports and scripts know them from terraform-aws-github-runner. */
export const ourTags = (prefix: string): Readonly<Record<string, string>> => ({
  [tagKeys.application]: application,
  [tagKeys.createdBy]: 'scale-up-lambda',
  [tagKeys.environment]: prefix,
});
