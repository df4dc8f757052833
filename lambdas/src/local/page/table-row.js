import { element, setText } from './element.js';

/** The roles are written out: on narrow screens rows become cards, and browsers then forget that they are rows. */
export const row = (...cells) => element('tr', { role: 'row' }, ...cells);

/** `label` heads the cell where the table's own head is not shown. */
export const cell = (label, className, ...children) =>
  element('td', { role: 'cell', class: className, 'data-label': label }, ...children);

/** A job's repository and id. */
export function jobName() {
  const repository = element('span', { class: 'repository' });
  const id = element('span', { class: 'id' });
  return {
    node: element('span', { class: 'job-name' }, repository, ' ', id),
    update(repositoryText, idText) {
      setText(repository, repositoryText);
      setText(id, idText);
    },
  };
}
