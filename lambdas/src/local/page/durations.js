import { element, setText } from './element.js';

const two = (number) => String(number).padStart(2, '0');

/** `8s`, `3m 05s`, `2h 07m`, `3d 4h` */
export function durationText(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h ${two(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** The time from one instant to another, or a dash where one of them is not known. */
export const spanText = (from, to) => (from === undefined || to === undefined ? '–' : durationText(to - from));

/** An age that `tickAges` keeps up to date. */
export const ageElement = () => element('time', { 'data-since': '' });

/** Without an instant, the age is a dash. */
export function setSince(age, instant) {
  const since = instant === undefined ? '' : String(instant);
  if (age.dataset.since === since) return;
  age.dataset.since = since;
  if (instant === undefined) age.removeAttribute('datetime');
  else age.setAttribute('datetime', new Date(instant).toISOString());
}

export function tickAges(now) {
  for (const age of document.querySelectorAll('time[data-since]')) {
    const { since } = age.dataset;
    setText(age, since === '' ? '–' : durationText(now - Number(since)));
  }
}
