import { listReviewCases } from '@antu/contract';
import { expect, it } from 'vitest';
import { asCaseReason, asCaseState, CASE_STATES } from './case-filters.ts';

it.each([
  ['decided', 'decided'],
  ['appealed', 'appealed'],
  ['', 'open'],
  ['closed', 'open'],
])('state %j of an address reads %s', (text, state) => {
  expect(asCaseState(text)).toBe(state);
});

it.each([
  ['same-face', 'same-face'],
  ['', undefined],
  ['boredom', undefined],
])('reason %j of an address reads %s', (text, reason) => {
  expect(asCaseReason(text)).toBe(reason);
});

it('offers exactly the states that the server knows', () => {
  for (const state of CASE_STATES) expect(listReviewCases.query.parse({ state }).state).toBe(state);
});
