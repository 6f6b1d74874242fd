import { expect, it } from 'vitest';
import { countPlans, plansOf } from './plan-filters.ts';

const plans = [
  { id: 'a', isMock: false, retiredAt: null },
  { id: 'b', isMock: true, retiredAt: null },
  { id: 'c', isMock: true, retiredAt: '2026-01-01T00:00:00Z' },
];

it('counts and finds plans by what they are for', () => {
  expect(countPlans(plans)).toEqual({ used: 2, mock: 1, retired: 1, all: 3 });
  expect(plansOf(plans, 'mock').map(({ id }) => id)).toEqual(['b']);
  expect(plansOf(plans, 'retired').map(({ id }) => id)).toEqual(['c']);
});
