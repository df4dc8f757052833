import { byId, element, numberText, setText } from './element.js';
import { keyedList } from './keyed-list.js';
import { reasonSentence } from './reasons.js';

/** A fleet that serves single repositories has as many lanes as they are. */
const laneLimit = 10;

const decisions = new Map([
  ['none', 'no launch'],
  ['wait', 'waits'],
  ['read', 'asks'],
  ['launch', 'launches'],
]);

/** Each fleet: how full it is, what it wants, and what was last decided about its lanes. */
export function fleetList() {
  const section = byId('fleets');
  const show = keyedList(section.querySelector('.fleet-list'), (fleet) => fleet.name, fleetItem);
  const empty = section.querySelector('.empty');
  const count = section.querySelector('.count');
  return ({ fleets }) => {
    show(fleets);
    setText(count, fleets.length === 0 ? '' : numberText(fleets.length));
    empty.hidden = fleets.length > 0;
  };
}

function fleetItem() {
  const name = element('h3');
  const labels = element('ul', { class: 'labels', 'aria-label': 'Labels' });
  const showLabels = keyedList(labels, (label) => label, labelItem);
  const use = usage();
  const balance = element('p', { class: 'balance' });
  const lanes = element('ul', { class: 'lanes', 'aria-label': 'Last decision of each lane' });
  const showLanes = keyedList(lanes, ({ lane }) => lane, laneItem);
  const more = element('p', { class: 'more' });
  return {
    node: element(
      'li',
      { class: 'fleet' },
      element('div', { class: 'fleet-head' }, name, labels),
      use.node,
      balance,
      lanes,
      more,
    ),
    update(fleet) {
      setText(name, fleet.name);
      showLabels(fleet.labels);
      use.update(fleet);
      const { demand, supply, waiting } = fleet;
      setText(
        balance,
        `Demand ${numberText(demand)} · supply ${numberText(supply)} · waiting jobs ${numberText(waiting)}`,
      );
      showLanes(fleet.lanes.slice(0, laneLimit).map((lane) => ({ ...lane, fleet: fleet.name })));
      const rest = fleet.lanes.length - laneLimit;
      setText(more, rest > 0 ? `and ${numberText(rest)} more lanes` : '');
      more.hidden = rest <= 0;
    },
  };
}

function usage() {
  const fill = element('div', { class: 'fill' });
  const bar = element(
    'div',
    { class: 'bar', role: 'meter', 'aria-label': 'Runners in use', 'aria-valuemin': '0' },
    fill,
  );
  const text = element('span', { class: 'use-text' });
  return {
    node: element('div', { class: 'use' }, bar, text),
    update({ used, limit }) {
      const words =
        limit < 0 ? `${numberText(used)} runners, no limit` : `${numberText(used)} of ${numberText(limit)} runners`;
      setText(text, words);
      bar.hidden = limit < 0;
      bar.classList.toggle('full', limit >= 0 && used >= limit);
      bar.setAttribute('aria-valuemax', String(Math.max(limit, 0)));
      bar.setAttribute('aria-valuenow', String(Math.min(used, Math.max(limit, 0))));
      bar.setAttribute('aria-valuetext', words);
      fill.style.width = `${limit > 0 ? Math.min(100, (100 * used) / limit) : 0}%`;
    },
  };
}

function labelItem() {
  const node = element('li');
  return { node, update: (label) => setText(node, label) };
}

function laneItem() {
  const scope = element('span', { class: 'lane' });
  const decision = element('b');
  const reason = element('span', { class: 'reason' });
  return {
    node: element('li', {}, scope, ' ', decision, ' ', reason),
    update(lane) {
      const prefix = `${lane.fleet}/`;
      setText(scope, lane.lane.startsWith(prefix) ? lane.lane.slice(prefix.length) : lane.lane);
      setText(decision, decisions.get(lane.kind) ?? lane.kind.replaceAll('-', ' '));
      decision.className = `decision ${lane.kind === 'wait' ? 'waits' : ''}`;
      setText(reason, reasonSentence(lane.reason));
    },
  };
}
