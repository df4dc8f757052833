/** What a benchmark measured, by name; each name ends in its unit. */
export type Figures = Readonly<Record<string, number>>;

export interface Judged {
  readonly figure: string;
  readonly value: number;
  /** The most, or the least, that it may be; absent: it is printed for comparison alone. */
  readonly budget?: string;
  readonly isMet?: boolean;
}

export interface Budget {
  readonly atMost?: number;
  readonly atLeast?: number;
}

export function judged(figures: Figures, budgets: Readonly<Record<string, Budget>>): readonly Judged[] {
  return Object.entries(figures).map(([figure, exact]) => {
    const value = rounded(exact);
    const budget = budgets[figure];
    if (budget === undefined) return { figure, value };
    const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = budget;
    const text = budget.atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
    return { figure, value, budget: text, isMet: exact <= atMost && exact >= atLeast };
  });
}

/** Four digits say all that a measurement on a busy machine knows. */
const rounded = (value: number): number => (Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));

/** The value that so many hundredths of all are not above. */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * hundredths) / 100))] ?? Number.NaN;
}
