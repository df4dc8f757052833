import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** One measurement, whose name ends in no unit, as CloudWatch shows that beside it. */
export interface Figure {
  readonly name: string;
  readonly unit: 'Seconds' | 'Count' | 'Percent';
  readonly value: number;
}

/** Where figures go, by deployment and by fleet. Each name that was ever written is one paid series for each of them. */
export interface FigureSink {
  ofDeployment(figures: readonly Figure[]): void;
  ofFleet(fleet: string, figures: readonly Figure[]): void;
}

/** Figures as lines of the log that CloudWatch turns into metrics: no call, and no right for it. */
export function emfMetrics(options: { readonly namespace: string; readonly prefix: string }): FigureSink {
  const metrics = new Metrics({ namespace: options.namespace, serviceName: options.prefix });
  const publish = (figures: readonly Figure[], fleet?: string): void => {
    // Without figures there would be a line that Powertools warns about.
    if (figures.length === 0) return;
    if (fleet !== undefined) metrics.addDimension('fleet', fleet);
    for (const { name, unit, value } of figures) metrics.addMetric(name, MetricUnit[unit], value);
    metrics.publishStoredMetrics();
  };
  return { ofDeployment: publish, ofFleet: (fleet, figures) => publish(figures, fleet) };
}
