import { describe, expect, it } from 'vitest';
import {
  bookingConditions,
  type CandidateFacts,
  type ExamCondition,
  type OfferedDate,
  registrationConditions,
} from './booking-conditions.ts';

const OPENS_AT_MS = Date.parse('2026-12-06T09:00:00+08:00');
const HOUR_MS = 3_600_000;
const date: OfferedDate = { opensAtMs: OPENS_AT_MS, placesLeft: 1, isPlanned: true, isUpcoming: true };
const facts: CandidateFacts = { hours: [], attempts: [], isBookedElsewhere: false };
const limits = { mostAttempts: 2, resitWaitDays: 10, bookingEndsSeconds: 3_600 };
const course = { courseId: 'c1', titleZh: '安全驾驶' };
const failed = (at: string) => ({ passed: false, satAtMs: Date.parse(at) });
const passed = (at: string) => ({ passed: true, satAtMs: Date.parse(at) });

interface Case {
  readonly limits?: Partial<typeof limits> | { mostAttempts: null };
  readonly date?: Partial<OfferedDate>;
  readonly facts?: Partial<CandidateFacts>;
  readonly nowMs?: number;
}
const conditionsOf = (given: Case): ExamCondition[] =>
  bookingConditions(
    { ...limits, ...given.limits },
    { ...date, ...given.date },
    { ...facts, ...given.facts },
    given.nowMs ?? OPENS_AT_MS - 24 * HOUR_MS,
  );
const unmetOf = (given: Case): string[] => conditionsOf(given).flatMap(({ code, met }) => (met ? [] : [code]));

describe('Whoever books', () => {
  it.each<[string, Case, string[]]>([
    ['may with nothing against it', {}, []],
    ['may after one failed attempt of two', { facts: { attempts: [failed('2026-11-01T10:00:00+08:00')] } }, []],
    [
      'may not after the last attempt',
      { facts: { attempts: [failed('2026-10-01T10:00:00+08:00'), failed('2026-11-01T10:00:00+08:00')] } },
      ['attempts'],
    ],
    [
      'may as often as wanted where there is no limit',
      {
        limits: { mostAttempts: null },
        facts: { attempts: Array.from({ length: 9 }, () => failed('2026-11-01T10:00:00+08:00')) },
      },
      [],
    ],
    ['may on the day on which the wait ends', { facts: { attempts: [failed('2026-11-26T23:59:59+08:00')] } }, []],
    ['may not on the day before', { facts: { attempts: [failed('2026-11-27T00:00:00+08:00')] } }, ['waiting']],
    [
      'need not wait where the rules name no wait',
      { limits: { resitWaitDays: 0 }, facts: { attempts: [failed('2026-12-05T10:00:00+08:00')] } },
      [],
    ],
    ['may not once it was passed', { facts: { attempts: [passed('2026-11-01T10:00:00+08:00')] } }, ['passed-already']],
    ['may not in two dates', { facts: { isBookedElsewhere: true } }, ['booked-elsewhere']],
    ['gets the last place', { date: { placesLeft: 1 } }, []],
    ['gets no place that is not there', { date: { placesLeft: 0 } }, ['capacity']],
    ['may in the last millisecond before booking ends', { nowMs: OPENS_AT_MS - HOUR_MS - 1 }, []],
    ['may not when booking ends', { nowMs: OPENS_AT_MS - HOUR_MS }, ['booking-closed']],
    ['may not when it was called off', { date: { isPlanned: false } }, ['booking-closed']],
    [
      'may with the last second studied',
      { facts: { hours: [{ ...course, creditedSeconds: 3_600, requiredSeconds: 3_600 }] } },
      [],
    ],
    [
      'may not a second before',
      { facts: { hours: [{ ...course, creditedSeconds: 3_599, requiredSeconds: 3_600 }] } },
      ['hours'],
    ],
    [
      'may not without the course',
      { facts: { hours: [{ ...course, creditedSeconds: 0, requiredSeconds: null }] } },
      ['hours'],
    ],
    [
      'is told everything at once',
      {
        date: { placesLeft: 0 },
        nowMs: OPENS_AT_MS,
        facts: { attempts: [failed('2026-12-01T10:00:00+08:00'), failed('2026-12-02T10:00:00+08:00')] },
      },
      ['attempts', 'waiting', 'capacity', 'booking-closed'],
    ],
  ])('%s', (_, given, codes) => {
    expect(unmetOf(given)).toEqual(codes);
  });

  it('is told in words what is missing and where to go', () => {
    const [hours] = conditionsOf({ facts: { hours: [{ ...course, creditedSeconds: 61, requiredSeconds: 3_600 }] } });
    expect(hours).toMatchObject({ zh: '《安全驾驶》学完，还差 59 分钟', to: '/courses/c1' });
    const [missing] = conditionsOf({ facts: { hours: [{ ...course, creditedSeconds: 0, requiredSeconds: null }] } });
    expect(missing).toMatchObject({ zh: '《安全驾驶》没有安排', to: null });
    const [done] = conditionsOf({ facts: { attempts: [passed('2026-11-01T10:00:00+08:00')] } });
    expect(done).toMatchObject({ met: false, zh: '这项考试已经合格，不用再考' });
    const full = conditionsOf({ date: { placesLeft: 0 } });
    expect(full.find(({ code }) => code === 'capacity')?.zh).toBe('名额已满');
    const waiting = conditionsOf({ facts: { attempts: [failed('2026-11-27T00:00:00+08:00')] } });
    expect(waiting.find(({ code }) => code === 'waiting')?.zh).toBe('2026-12-07 起可以补考');
  });
});

describe('Whoever is registered by the organiser', () => {
  const unmet = (given: Case): string[] =>
    registrationConditions(
      limits,
      { ...date, ...given.date },
      { ...facts, ...given.facts },
      given.nowMs ?? OPENS_AT_MS - 24 * HOUR_MS,
    ).flatMap(({ code, met }) => (met ? [] : [code]));

  it.each<[string, Case, string[]]>([
    ['may when booking has ended', { nowMs: OPENS_AT_MS - HOUR_MS }, []],
    ['may in the last millisecond, with papers drawn', { nowMs: OPENS_AT_MS - 1, date: { isPlanned: false } }, []],
    ['may not when the exam begins', { nowMs: OPENS_AT_MS }, ['booking-closed']],
    ['may not when it was called off', { date: { isPlanned: false, isUpcoming: false } }, ['booking-closed']],
    ['gets no place that is not there', { date: { placesLeft: 0 } }, ['capacity']],
    ['may not once it was passed', { facts: { attempts: [passed('2026-11-01T10:00:00+08:00')] } }, ['passed-already']],
    ['has to wait as well', { facts: { attempts: [failed('2026-11-27T00:00:00+08:00')] } }, ['waiting']],
  ])('%s', (_, given, codes) => expect(unmet(given)).toEqual(codes));
});
