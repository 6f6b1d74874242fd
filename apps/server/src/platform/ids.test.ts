import { describe, expect, test } from 'vitest';
import { uuidv7, uuidv7MonthBounds, uuidv7Ms } from './ids.ts';

describe('uuidv7', () => {
  test('carries its millisecond, version 7 and variant 10', () => {
    const ms = Date.UTC(2026, 10, 21, 8);
    const id = uuidv7(ms);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidv7Ms(id)).toBe(ms);
  });

  test('a thousand of one millisecond are different and in order', () => {
    const ids = Array.from({ length: 1000 }, () => uuidv7(1_700_000_000_000));
    expect(new Set(ids).size).toBe(1000);
    expect(ids.toSorted()).toEqual(ids);
  });

  test('the month of China time bounds its ids: last and first millisecond', () => {
    const { from, until } = uuidv7MonthBounds(2026, 12);
    const decemberStartsMs = Date.UTC(2026, 10, 30, 16);
    const januaryStartsMs = Date.UTC(2026, 11, 31, 16);
    expect(uuidv7(decemberStartsMs - 1) < from).toBe(true);
    expect(uuidv7(decemberStartsMs) >= from).toBe(true);
    expect(uuidv7(januaryStartsMs - 1) < until).toBe(true);
    expect(uuidv7(januaryStartsMs) >= until).toBe(true);
  });

  test.each([-1, 1.5, 2 ** 48, Number.NaN])('%d is no time', (ms) => {
    expect(() => uuidv7(ms)).toThrow(RangeError);
  });
});
