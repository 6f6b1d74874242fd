import { expect, it } from 'vitest';
import { cameFrom } from './came-from.ts';

it.each([
  ['/courses/1/lessons/2', '/courses/1/lessons/2'],
  ['/', '/'],
  ['//elsewhere.example', null],
  ['/\\elsewhere.example', null],
  ['https://elsewhere.example', null],
  ['', null],
  [undefined, null],
  [['/a'], null],
])('%s', (from, path) => {
  expect(cameFrom(from)).toBe(path);
});
