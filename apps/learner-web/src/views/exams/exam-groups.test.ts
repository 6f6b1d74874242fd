import { describe, expect, it } from 'vitest';
import { canCancel, examForHome, groupOf, isNear } from './exam-groups.ts';
import { bookingWith, offeredWith } from './testing.ts';

const unmet = { code: 'hours' as const, met: false, zh: '还差 2 学时', en: '2 hours short', to: '/' };

describe('groupOf', () => {
  it.each([
    ['nothing in the way', offeredWith(), 'bookable'],
    ['one condition unmet', offeredWith({ conditions: [{ ...unmet, met: true }, unmet] }), 'unmet'],
    ['booked', offeredWith({ booking: bookingWith(), conditions: [unmet] }), 'booked'],
    ['given back', offeredWith({ booking: bookingWith({ state: 'cancelled' }) }), 'bookable'],
    ['taken', offeredWith({ booking: bookingWith({ state: 'sat' }) }), 'past'],
  ] as const)('%s', (_name, exam, group) => {
    expect(groupOf(exam)).toBe(group);
  });
});

describe('isNear', () => {
  it.each([
    ['a second before half an hour', '2026-12-01T00:29:59Z', false],
    ['half an hour', '2026-12-01T00:30:00Z', true],
    ['the last moment', '2026-12-01T02:30:00Z', true],
    ['a second after', '2026-12-01T02:30:01Z', false],
  ])('%s', (_name, now, near) => {
    expect(isNear(offeredWith(), Date.parse(now))).toBe(near);
  });
});

describe('canCancel', () => {
  it('ends with booking', () => {
    const exam = offeredWith({ booking: bookingWith() });
    expect(canCancel(exam, Date.parse(exam.bookingUntil) - 1)).toBe(true);
    expect(canCancel(exam, Date.parse(exam.bookingUntil))).toBe(false);
  });
});

describe('examForHome', () => {
  it('speaks of the next booked one before any that can be booked', () => {
    const late = offeredWith({ id: '2', opensAt: '2026-12-09T01:00:00Z', booking: bookingWith() });
    const soon = offeredWith({ id: '3', opensAt: '2026-12-05T01:00:00Z', booking: bookingWith() });
    expect(examForHome([offeredWith(), late, soon])).toMatchObject({ exam: { id: '3' }, group: 'booked' });
    expect(examForHome([offeredWith()])).toMatchObject({ group: 'bookable' });
    expect(examForHome([offeredWith({ conditions: [unmet] })])).toBeNull();
  });
});
