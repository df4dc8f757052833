import type { Instant } from '../../core/instant.ts';

const written = (options: Intl.DateTimeFormatOptions): ((instant: Instant) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  return (instant) => format.format(instant);
};

/** `Tue 3` */
export const dayText = written({ weekday: 'short', day: 'numeric' });

/** `3 Mar` */
export const monthDayText = written({ day: 'numeric', month: 'short' });

/** `Mar 2026` */
export const monthText = written({ month: 'short', year: 'numeric' });

/** `14:05` */
export const hourText = written({ hour: '2-digit', minute: '2-digit' });

const secondText = written({ hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** `Tue 3, 14:05` */
export const momentText = (instant: Instant): string => `${dayText(instant)}, ${hourText(instant)}`;

/** `Tue 3 Mar 14:05:10 UTC` */
export const instantText = (instant: Instant): string =>
  `${dayText(instant)} ${monthText(instant)} ${secondText(instant)} UTC`;

const wholeDates = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** `2 March 2026`, or `2 – 9 March 2026`. */
export const datesText = (from: Instant, to: Instant): string => wholeDates.formatRange(from, to);
