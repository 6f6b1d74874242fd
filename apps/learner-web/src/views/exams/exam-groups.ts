import type { OfferedExam } from '@antu/contract';

/** Time before the bell at which the waiting room is offered. */
const ROOM_OPENS_MS = 30 * 60_000;

/** `booked`: a place is held; `bookable`: nothing stands in the way; `unmet`: something does; `past`: over for this learner. */
export type ExamGroup = 'booked' | 'bookable' | 'unmet' | 'past';

/** Where an exam stands for the learner. */
export function groupOf(exam: OfferedExam): ExamGroup {
  const state = exam.booking?.state ?? 'cancelled';
  if (state === 'booked') return 'booked';
  if (state === 'sat' || state === 'missed') return 'past';
  return exam.conditions.every(({ met }) => met) ? 'bookable' : 'unmet';
}

/** Whether the waiting room (or the running exam) is the thing to show. @param nowMs server time */
export function isNear(exam: OfferedExam, nowMs: number): boolean {
  return nowMs >= Date.parse(exam.opensAt) - ROOM_OPENS_MS && nowMs <= Date.parse(exam.closesAt);
}

/** Whether the booking can still be given back. @param nowMs server time */
export const canCancel = (exam: OfferedExam, nowMs: number): boolean =>
  exam.booking?.state === 'booked' && nowMs < Date.parse(exam.bookingUntil);

/** The exam that the home page speaks of: the next booked one, else one that can be booked; null = none. */
export function examForHome(exams: readonly OfferedExam[]): { exam: OfferedExam; group: 'booked' | 'bookable' } | null {
  for (const group of ['booked', 'bookable'] as const) {
    const exam = exams
      .filter((one) => groupOf(one) === group)
      .toSorted((one, other) => Date.parse(one.opensAt) - Date.parse(other.opensAt))[0];
    if (exam) return { exam, group };
  }
  return null;
}
