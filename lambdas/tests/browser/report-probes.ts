/** What breaks the look of a report; each is run in the browser, and answers with what it found. */

/** Elements that reach beyond the window. */
export const beyondTheWindow = `[...document.querySelectorAll('body *')]
  .filter((node) => !node.ownerSVGElement && !node.closest('caption, .for-reader, thead'))
  .filter((node) => {
    const { left, right, width } = node.getBoundingClientRect();
    return width > 0 && (right > document.documentElement.clientWidth + 0.5 || left < -0.5);
  })
  .map((node) => node.outerHTML.slice(0, 120))`;

export const isWiderThanTheWindow = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

/** Texts of a chart that lie over each other, or leave the chart's own part of the page. */
export const textsInTheWay = `[...document.querySelectorAll('svg.plot')].flatMap((chart) => {
  const place = chart.closest('figure').getBoundingClientRect();
  const texts = [...chart.querySelectorAll('text')]
    .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0);
  const outside = texts
    .filter(({ box }) => box.left < place.left - 0.5 || box.right > place.right + 0.5 || box.bottom > place.bottom + 0.5)
    .map(({ text }) => text + ' leaves its chart');
  const over = texts.flatMap((one, index) => texts.slice(index + 1)
    .filter(({ box }) => Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 1
      && Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 3)
    .map((other) => one.text + ' lies over ' + other.text));
  return [...outside, ...over];
}).concat([...document.querySelectorAll('svg.stacked text')]
  .filter((node) => node.getBoundingClientRect().right > node.parentNode.querySelector('rect').getBoundingClientRect().right)
  .map((node) => node.textContent + ' is wider than its part'))`;

/** How many texts charts have. */
export const chartTexts = `document.querySelectorAll('svg.plot text').length`;

/** Every text that is seen, with its colour, what is behind it, and its size. */
export const coloursOfTexts = `(() => {
  const behind = (node) => {
    const rect = node.closest?.('g.segment')?.querySelector('rect');
    if (rect) return getComputedStyle(rect).fill;
    for (let each = node; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || node.closest('title, style')) continue;
    const style = getComputedStyle(node);
    const front = node.closest('svg') ? style.fill : style.color;
    const key = [front, behind(node)].join(' on ');
    if (!found.has(key)) found.set(key, { front, back: behind(node), text: walker.currentNode.data.trim() });
  }
  return [...found.values()];
})()`;
