import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Allowance } from './allowance.ts';

test('gives the burst, then one when its time has come and not a millisecond before', () => {
  const allowance = new Allowance({ burst: 3, perSecond: 1, most: 10 });
  expect([1, 2, 3, 4].map(() => allowance.take('a', 0))).toEqual([true, true, true, false]);
  expect(allowance.has('a', 999)).toBe(false);
  expect(allowance.has('a', 1000)).toBe(true);
  expect(allowance.take('a', 1000)).toBe(true);
  expect(allowance.take('b', 1000)).toBe(true);
});

test('forgets the key that was used longest ago', () => {
  const allowance = new Allowance({ burst: 1, perSecond: 0.001, most: 2 });
  for (const key of ['a', 'b', 'c']) allowance.take(key, 0);
  expect(['b', 'c', 'a'].map((key) => allowance.has(key, 0))).toEqual([false, false, true]);
});

test('never gives more than burst and time allow', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 60 }), (steps) => {
      const allowance = new Allowance({ burst: 5, perSecond: 2, most: 10 });
      let nowMs = 0;
      let given = 0;
      for (const step of steps) {
        nowMs += step;
        if (allowance.take('a', nowMs)) given += 1;
      }
      expect(given).toBeLessThanOrEqual(5 + (nowMs / 1000) * 2);
    }),
  );
});
