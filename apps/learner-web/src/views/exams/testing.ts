import type { OfferedExam } from '@antu/contract';

const EXAM_ID = '0198d6a0-0000-7000-8000-0000000000a1';

/** An online exam on 1 December 2026, 09:00 to 10:30 in China, that may be booked. */
export function offeredWith(patch: Partial<OfferedExam> = {}): OfferedExam {
  return {
    id: EXAM_ID,
    organisation: { id: EXAM_ID, name: '培训中心' },
    titleZh: '年度考核',
    scheme: 'road-transport',
    ruleSetId: 'road-transport.annual-exam.2026-01-01',
    ruleNameZh: '两客一危年度考核',
    planId: EXAM_ID,
    place: { mode: 'online', address: null },
    opensAt: '2026-12-01T01:00:00.000Z',
    closesAt: '2026-12-01T02:30:00.000Z',
    durationSeconds: 3_600,
    totalPoints: 100,
    passPoints: 80,
    capacity: 50,
    placesLeft: 12,
    state: 'planned',
    bookingUntil: '2026-11-30T10:00:00.000Z',
    courses: [],
    identityCheck: true,
    conditions: [],
    booking: null,
    ...patch,
  };
}

/** A booking of it. */
export function bookingWith(
  patch: Partial<NonNullable<OfferedExam['booking']>> = {},
): NonNullable<OfferedExam['booking']> {
  return {
    id: EXAM_ID,
    examId: EXAM_ID,
    state: 'booked',
    ticketNumber: '2612010042',
    ticketCode: '2612010042.c2VhbA',
    seat: null,
    sittingId: null,
    ...patch,
  };
}
