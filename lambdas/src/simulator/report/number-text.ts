/** How a figure is counted, and so how it is written. */
export type Unit = 'count' | 'seconds' | 'dollars' | 'runner-time';

const minus = '−';
const space = '\u00a0';
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const twoPlaces = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

/** A figure for people: `1,234`, `2 min 05 s`, `$12.34`, `42.5 h`. */
export function figureText(value: number, unit: Unit): string {
  if (value < 0) return minus + textOf[unit](-value);
  return textOf[unit](value);
}

const textOf: Readonly<Record<Unit, (value: number) => string>> = {
  count: (value) => whole.format(value),
  seconds: durationText,
  dollars: dollarsText,
  'runner-time': runnerTimeText,
};

/** As `figureText`, with its sign, for what is more or less than something else. */
export const signedText = (value: number, unit: Unit): string => (value > 0 ? '+' : '') + figureText(value, unit);

/** `0 s`, `4.2 s`, `38 s`, `2 min 05 s`, `3 h 07 min`, `4 d 3 h`, `7 d`. */
function durationText(seconds: number): string {
  if (seconds < 9.95) return `${tenths.format(seconds)}${space}s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded}${space}s`;
  if (rounded < 3600) return twoUnits(rounded, 60, 'min', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return twoUnits(minutes, 60, 'h', 'min');
  return twoUnits(Math.round(seconds / 3600), 24, 'd', 'h');
}

function twoUnits(count: number, perLarger: number, larger: string, smaller: string): string {
  const rest = count % perLarger;
  const padded = perLarger === 60 ? String(rest).padStart(2, '0') : rest;
  const first = `${whole.format(Math.floor(count / perLarger))}${space}${larger}`;
  return perLarger === 24 && rest === 0 ? first : `${first}${space}${padded}${space}${smaller}`;
}

/** Cents; none from a thousand dollars on, and parts of one below ten. */
function dollarsText(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < 0.0995) return `$${twoDigits.format(dollars)}`;
  return `$${(dollars < 999.995 ? twoPlaces : whole).format(dollars)}`;
}

/** Machine time is paid by the hour, and compared by it. */
function runnerTimeText(seconds: number): string {
  const hours = seconds / 3600;
  return `${(hours < 99.95 ? tenths : whole).format(hours)}${space}h`;
}

/** A share of one: `0%`, `<0.1%`, `4.2%`, `38%`. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '<0.1%';
  return `${(percent < 9.95 ? tenths : whole).format(percent)}%`;
}

/** A change against one: `+30%`, `−4.2%`, and `×12` where percents say little. */
export function changeText(change: number): string {
  if (change >= 9) return `×${whole.format(change + 1)}`;
  const size = shareText(Math.abs(change));
  if (change === 0 || size.startsWith('<')) return size;
  return (change > 0 ? '+' : minus) + size;
}

/** An average of counts: `43`, `3.1`, `0.022`. */
export const meanText = (mean: number): string => (mean < 1 ? twoDigits : mean < 9.95 ? tenths : whole).format(mean);

/** `1 job`, `1,234 jobs`. */
export const countOf = (count: number, one: string, several = `${one}s`): string =>
  `${whole.format(count)} ${count === 1 ? one : several}`;
