import { appealSession } from '@antu/contract';
import { expect, it } from 'vitest';
import { appealText, lettersLeft, saysEnough } from './appeal-text.ts';

const about = '14:03–14:05 不计 2 分 10 秒';
const accepted = (text: string) =>
  appealSession.body.safeParse({ sessionId: '019abc00-0000-7000-8000-000000000000', text }).success;

it.each([
  ['', false],
  ['那天是', false],
  ['那天是我   ', false],
  ['那天是我的', true],
])('%j says enough: %s', (words, enough) => {
  expect(saysEnough(words)).toBe(enough);
});

it('fits into what the server takes, to the last letter', () => {
  expect(accepted(appealText(about, '字'.repeat(lettersLeft(about))))).toBe(true);
  expect(accepted(appealText(about, '字'.repeat(lettersLeft(about) + 1)))).toBe(false);
});

it('names what it is about first', () => {
  expect(appealText(about, ' 那天是我本人 ')).toBe(`${about}\n那天是我本人`);
});
