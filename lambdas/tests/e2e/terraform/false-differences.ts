import type { PlannedChange } from './planned-changes.ts';

/** What the doubles of AWS answer otherwise than AWS, so that Terraform wants to mend what is right. */
interface FalseDifference {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

export const falseDifferences: readonly FalseDifference[] = [
  {
    type: 'aws_cloudwatch_metric_alarm',
    attributes: [
      'actions_enabled',
      'alarm_description',
      'dimensions',
      'evaluation_periods',
      'metric_query',
      'period',
      'statistic',
      'threshold',
      'treat_missing_data',
    ],
    reason: 'MiniStack stores alarms as they are, and answers these fields empty on the query protocol.',
  },
  {
    type: 'aws_security_group',
    attributes: ['egress'],
    reason: 'moto answers the prefix lists of a rule that has addresses too as a rule of its own.',
  },
];

/** Changes that no double of AWS explains, in words. */
export const trueDifferences = (changes: readonly PlannedChange[]): readonly string[] =>
  changes.flatMap(({ type, address, differing }) => {
    const known = falseDifferences.find((one) => one.type === type)?.attributes ?? [];
    const others = differing.filter((attribute) => !known.includes(attribute));
    return others.length > 0 || differing.length === 0 ? [`${address}: ${others.join(', ')}`] : [];
  });
