import { durationText } from './durations.js';
import { byId, numberText, setText, svgElement } from './element.js';
import { countTicks, timeTicks, windowOf } from './timeline-scale.js';

/** In the order they are drawn: the area first, what is read most on top. */
const series = ['busy', 'limit', 'supply', 'demand'];
const height = 200;
const margin = { top: 10, right: 12, bottom: 24, left: 36 };

/** Draws demand, supply, busy and limit over time. The legend reads the latest sample, or the one under the pointer. */
export function timeline() {
  const chart = byId('timeline-chart');
  const grid = svgElement('g', { class: 'grid' });
  const lines = new Map(series.map((name) => [name, svgElement('path', { class: name, 'data-series': name })]));
  const cursor = svgElement('line', { class: 'cursor', y1: margin.top, y2: height - margin.bottom });
  chart.append(grid, ...lines.values(), cursor);

  let history = [];
  let pointedX;
  const draw = () => {
    const scale = scaleOf(history, chart.clientWidth || 600);
    chart.setAttribute('viewBox', `0 0 ${scale.width} ${height}`);
    drawGrid(grid, scale);
    for (const [name, line] of lines) line.setAttribute('d', pathOf(name, history, scale));
    const pointed = pointedX === undefined ? undefined : sampleNear(history, scale, pointedX);
    cursor.classList.toggle('shown', pointed !== undefined);
    if (pointed !== undefined) for (const x of ['x1', 'x2']) cursor.setAttribute(x, scale.x(pointed.at));
    readOut(pointed ?? history.at(-1), scale);
  };
  const point = (x) => {
    pointedX = x;
    draw();
  };
  chart.addEventListener('pointermove', (event) => point(event.clientX - chart.getBoundingClientRect().left));
  chart.addEventListener('pointerleave', () => point(undefined));
  new ResizeObserver(draw).observe(chart);

  return (state) => {
    history = state.history;
    draw();
    setText(byId('timeline-summary'), summaryOf(history));
  };
}

function scaleOf(history, width) {
  const window = windowOf(history);
  const counts = countTicks(history);
  const top = counts.at(-1);
  const end = history.at(-1)?.at ?? 0;
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  return {
    width,
    right,
    bottom,
    window,
    counts,
    top,
    end,
    x: (at) => round(right - ((end - at) / window) * (right - margin.left)),
    y: (count) => round(bottom - (count / top) * (bottom - margin.top)),
  };
}

const round = (number) => Math.round(number * 10) / 10;

function drawGrid(grid, scale) {
  const counts = scale.counts.flatMap((count) => [
    svgElement('line', { x1: margin.left, x2: scale.right, y1: scale.y(count), y2: scale.y(count) }),
    svgElement('text', { x: margin.left - 8, y: scale.y(count) + 4, 'text-anchor': 'end' }, numberText(count)),
  ]);
  const times = timeTicks(scale.window, scale.width < 480).map(({ before, text }) => {
    const x = scale.x(scale.end - before);
    const anchor = before === 0 ? 'end' : x <= margin.left ? 'start' : 'middle';
    return svgElement('text', { x, y: height - 6, 'text-anchor': anchor }, text);
  });
  grid.replaceChildren(...counts, ...times);
}

/** Counts hold until the next sample, so the line goes in steps; it turns only where the count changes. */
function pathOf(name, history, scale) {
  const shown = history.filter((sample) => sample[name] >= 0 && sample[name] <= scale.top);
  if (shown.length === 0) return '';
  const first = shown[0];
  let path = `M${scale.x(first.at)} ${scale.y(first[name])}`;
  let last = first[name];
  for (const sample of shown) {
    if (sample[name] === last) continue;
    path += `H${scale.x(sample.at)}V${scale.y(sample[name])}`;
    last = sample[name];
  }
  path += `H${scale.x(shown.at(-1).at)}`;
  return name === 'busy' ? `${path}V${scale.bottom}H${scale.x(first.at)}Z` : path;
}

function sampleNear(history, scale, x) {
  const distance = (sample) => Math.abs(scale.x(sample.at) - x);
  return history.reduce((best, sample) => (best && distance(best) <= distance(sample) ? best : sample), undefined);
}

function readOut(sample, scale) {
  for (const item of byId('timeline').querySelectorAll('li[data-series]')) {
    const count = sample?.[item.dataset.series];
    const isOff = item.dataset.series === 'limit' && count > scale.top;
    setText(item.querySelector('b'), count === undefined ? '–' : isOff ? `${numberText(count)} ↑` : countText(count));
  }
  const before = sample === undefined ? 0 : scale.end - sample.at;
  setText(byId('timeline-moment'), before < 1000 ? 'now' : `${durationText(before)} ago`);
}

const countText = (count) => (count < 0 ? 'none' : numberText(count));

/** What the chart says, in words. */
function summaryOf(history) {
  if (history.length === 0) return 'There are no samples yet.';
  const latest = history.at(-1);
  const parts = ['demand', 'supply', 'busy'].map((name) => {
    const highest = Math.max(...history.map((sample) => sample[name]));
    return `${name} ${numberText(latest[name])}, at most ${numberText(highest)}`;
  });
  const span = durationText(latest.at - history[0].at);
  return `Over the last ${span}. Now: ${parts.join('; ')}; limit ${countText(latest.limit)}.`;
}
