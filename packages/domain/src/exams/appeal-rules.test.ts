import { describe, expect, it } from 'vitest';
import { appealUntilMsOf } from './appeal-rules.ts';

describe('The time for an appeal', () => {
  it.each([
    ['the first second of a China day', '2026-11-26T00:00:00+08:00', 7, '2026-12-04T00:00:00+08:00'],
    ['the last second of a China day', '2026-11-26T23:59:59+08:00', 7, '2026-12-04T00:00:00+08:00'],
    ['the next second', '2026-11-27T00:00:00+08:00', 7, '2026-12-05T00:00:00+08:00'],
    ['a day in London that is the next one in China', '2026-11-26T16:00:00Z', 1, '2026-11-29T00:00:00+08:00'],
    ['rules that give the same day only', '2026-11-26T10:00:00+08:00', 0, '2026-11-27T00:00:00+08:00'],
  ])('ends, decided in %s (%s) with %s days, at %s', (_, decidedAt, appealDays, until) => {
    expect(appealUntilMsOf({ appealDays }, Date.parse(decidedAt))).toBe(Date.parse(until));
  });
});
