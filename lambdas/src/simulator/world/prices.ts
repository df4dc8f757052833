/**
 * Dollars an hour for Linux in us-east-1, on demand, by instance family and per `large`, as AWS lists them; sizes double.
 * Prices move: this is for comparing configurations, not for a bill. `--prices` brings one's own.
 */
const largeDollarsAnHour: Readonly<Record<string, number>> = {
  t3: 0.0832,
  t3a: 0.0752,
  t4g: 0.0672,
  m5: 0.096,
  m5a: 0.086,
  m6i: 0.096,
  m6a: 0.0864,
  m6g: 0.077,
  m7i: 0.1008,
  'm7i-flex': 0.09576,
  m7a: 0.11592,
  m7g: 0.0816,
  c5: 0.085,
  c5a: 0.077,
  c6i: 0.085,
  c6a: 0.0765,
  c6g: 0.068,
  c7i: 0.08925,
  c7a: 0.10264,
  c7g: 0.0725,
  r5: 0.126,
  r6i: 0.126,
  r7i: 0.1323,
  r7g: 0.1071,
};

/** What an unknown type is taken for: a general-purpose machine of its size. */
const usualLargeDollarsAnHour = 0.1;

/** Of the price on demand. Spot pools wander about this; AWS promises "up to 90 %" less and users report 60 to 70. */
export const usualSpotShare = 0.38;

export type Prices = Readonly<Record<string, number>>;

/** `prices` wins; else the table; else a guess by size. */
export function onDemandDollarsAnHour(type: string, prices: Prices = {}): number {
  const own = prices[type];
  if (own !== undefined) return own;
  const [family = '', size = 'large'] = type.split('.');
  return (largeDollarsAnHour[family] ?? usualLargeDollarsAnHour) * largesIn(size);
}

/** Whether its price is no guess. */
export const isListed = (type: string, prices: Prices): boolean =>
  prices[type] !== undefined || largeDollarsAnHour[type.split('.', 1)[0] ?? ''] !== undefined;

function largesIn(size: string): number {
  const small: Readonly<Record<string, number>> = {
    nano: 1 / 16,
    micro: 1 / 8,
    small: 1 / 4,
    medium: 1 / 2,
    large: 1,
    xlarge: 2,
  };
  const many = /^(\d+)xlarge$/.exec(size);
  return many ? Number(many[1]) * 2 : (small[size] ?? 1);
}
