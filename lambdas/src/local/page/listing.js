import { numberText, setText } from './element.js';
import { keyedList } from './keyed-list.js';

/** More rows than this nobody reads; the counts tell the rest. */
export const rowLimit = 50;

/** A section with a table: its first rows, how many there are in all, and a sentence where there are none. */
export function listing(section, keyOf, create) {
  const table = section.querySelector('table');
  const count = section.querySelector('.count');
  const more = section.querySelector('.more');
  const empty = section.querySelector('.empty');
  const showRows = keyedList(section.querySelector('tbody'), keyOf, create);
  return (items) => {
    const rest = items.length - rowLimit;
    showRows(items.slice(0, rowLimit));
    setText(count, items.length === 0 ? '' : numberText(items.length));
    setText(more, rest > 0 ? `and ${numberText(rest)} more` : '');
    more.hidden = rest <= 0;
    empty.hidden = items.length > 0;
    table.hidden = items.length === 0;
  };
}
