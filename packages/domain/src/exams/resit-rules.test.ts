import { describe, expect, it } from 'vitest';
import { attemptsLeftOf, countsAsAttempt, type ExamAttempt, nextAttemptFrom, resitOf } from './resit-rules.ts';

const failed = (at: string): ExamAttempt => ({ passed: false, satAtMs: Date.parse(at) });
const passed = (at: string): ExamAttempt => ({ passed: true, satAtMs: Date.parse(at) });
const limits = { mostAttempts: null, resitWaitDays: 10 };

describe('A resit', () => {
  it.each([
    ['the last second of a China day', '2026-11-26T23:59:59+08:00', 10, '2026-12-06'],
    ['the first second of the next one', '2026-11-27T00:00:00+08:00', 10, '2026-12-07'],
    ['no wait', '2026-11-26T09:00:00+08:00', 0, '2026-11-26'],
    ['a wait over the end of the year', '2026-12-31T09:00:00+08:00', 1, '2027-01-01'],
  ])('after %s may be from %s + %s days', (_, at, resitWaitDays, day) => {
    expect(nextAttemptFrom({ resitWaitDays }, [failed(at)])).toBe(day);
  });

  it('waits from the latest attempt, in whatever order they are given', () => {
    const attempts = [failed('2026-11-20T10:00:00+08:00'), failed('2026-11-01T10:00:00+08:00')];
    expect(nextAttemptFrom(limits, attempts)).toBe('2026-11-30');
    expect(nextAttemptFrom(limits, attempts.toReversed())).toBe('2026-11-30');
    expect(nextAttemptFrom(limits, [])).toBeNull();
  });

  it.each([
    ['marked', false, true],
    ['marked', true, true],
    ['voided', false, false],
    ['voided', true, true],
  ] as const)('is taken up by a sitting that was %s where void ones count: %s', (state, voidedCounts, counts) => {
    expect(countsAsAttempt({ voidedCounts }, state)).toBe(counts);
  });

  it.each([
    ['no limit', null, 3, null],
    ['the first of two', 2, 1, 1],
    ['the last of two', 2, 2, 0],
    ['more than a limit that came later', 2, 3, 0],
  ])('knows what is left: %s', (_, mostAttempts, made, left) => {
    const attempts = Array.from({ length: made }, () => failed('2026-11-20T10:00:00+08:00'));
    expect(attemptsLeftOf({ mostAttempts }, attempts)).toBe(left);
  });

  it.each([
    ['after the first attempt of two', 2, [failed('2026-11-20T10:00:00+08:00')], 'possible'],
    [
      'after the last of two',
      2,
      [failed('2026-11-01T10:00:00+08:00'), failed('2026-11-20T10:00:00+08:00')],
      'none-left',
    ],
    [
      'when another attempt was passed',
      2,
      [failed('2026-11-01T10:00:00+08:00'), passed('2026-11-20T10:00:00+08:00')],
      'passed',
    ],
  ])('is %s: %s', (_, mostAttempts, attempts, state) => {
    expect(resitOf({ ...limits, mostAttempts }, attempts).state).toBe(state);
  });

  it('names the day and what is left', () => {
    expect(resitOf({ mostAttempts: 3, resitWaitDays: 10 }, [failed('2026-11-20T10:00:00+08:00')])).toEqual({
      state: 'possible',
      fromDay: '2026-11-30',
      attemptsLeft: 2,
    });
  });
});
