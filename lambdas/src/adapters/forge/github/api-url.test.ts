import { expect, test } from '@jest/globals';
import { apiUrlOf } from './api-url.ts';

test.each([
  ['https://github.com', 'https://api.github.com'],
  ['https://github.com/', 'https://api.github.com'],
  ['https://www.github.com', 'https://api.github.com'],
  [' https://GitHub.com// ', 'https://api.github.com'],
  ['https://acme.ghe.com', 'https://api.acme.ghe.com'],
  ['https://acme.ghe.com/', 'https://api.acme.ghe.com'],
  ['https://ghe.example.com', 'https://ghe.example.com/api/v3'],
  ['https://ghe.example.com/', 'https://ghe.example.com/api/v3'],
  ['https://ghe.example.com:8443', 'https://ghe.example.com:8443/api/v3'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/api/v3'],
  ['https://example.com/github/', 'https://example.com/github/api/v3'],
  ['https://notgithub.com', 'https://notgithub.com/api/v3'],
  ['https://github.com.example.org', 'https://github.com.example.org/api/v3'],
  ['https://fakeghe.com', 'https://fakeghe.com/api/v3'],
])('the API of %s is at %s', (url, api) => {
  expect(apiUrlOf(url)).toBe(api);
});
