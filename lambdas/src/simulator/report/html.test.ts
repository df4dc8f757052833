import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { html } from './html.ts';

test('what is no markup is text', () => {
  expect(html`<b title="${'"\'&'}">${'<img src=x onerror=alert(1)>'}</b>`.markup).toBe(
    '<b title="&quot;&#39;&amp;">&lt;img src=x onerror=alert(1)&gt;</b>',
  );
});

test('markup stays as it is, in lists too, and nothing is nothing', () => {
  expect(html`<ul>${[1, 2].map((item) => html`<li>${item}</li>`)}${undefined}</ul>`.markup).toBe(
    '<ul><li>1</li><li>2</li></ul>',
  );
});

test('no text can open a tag, nor leave an attribute', () => {
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(html`${text}`.markup)));
});
