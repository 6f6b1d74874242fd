import { chinaDateOf } from '../study/ledger.ts';
import type { ExamLimits } from './exam-limits.ts';
import { attemptsLeftOf, type ExamAttempt, nextAttemptFrom } from './resit-rules.ts';

export const examConditionCodes = [
  'hours',
  'identity',
  'attempts',
  'waiting',
  'barred',
  'capacity',
  'booking-closed',
  'booked-elsewhere',
  'passed-already',
] as const;

/** One condition of sitting, met or not, in words. */
export interface ExamCondition {
  readonly code: (typeof examConditionCodes)[number];
  readonly met: boolean;
  readonly zh: string;
  readonly en: string;
  /** Page of the learner's app that leads on; null when there is nothing to do. */
  readonly to: string | null;
}

/** How far somebody is with a course that the exam asks for. */
export interface CourseHours {
  readonly courseId: string;
  readonly titleZh: string;
  readonly creditedSeconds: number;
  /** Null: the course is not assigned. */
  readonly requiredSeconds: number | null;
}

/** What is known of a person that decides whether they may book. */
export interface CandidateFacts {
  readonly hours: readonly CourseHours[];
  /** At this exam, by whatever version of its rules. */
  readonly attempts: readonly ExamAttempt[];
  /** Booked in another date of the same exam that is not over. */
  readonly isBookedElsewhere: boolean;
}

/** What is known of the date. */
export interface OfferedDate {
  readonly opensAtMs: number;
  readonly placesLeft: number;
  /** Neither called off nor with papers drawn. */
  readonly isPlanned: boolean;
  /** Not called off, and nobody has begun; papers may be drawn. */
  readonly isUpcoming: boolean;
}

type BookingLimits = Pick<ExamLimits, 'mostAttempts' | 'resitWaitDays' | 'bookingEndsSeconds'>;

/** When booking and cancelling end, epoch ms. */
export const bookingUntilMsOf = (
  { bookingEndsSeconds }: Pick<BookingLimits, 'bookingEndsSeconds'>,
  opensAtMs: number,
): number => opensAtMs - bookingEndsSeconds * 1000;

/** Everything that has to be true before somebody may book; the unmet ones say what to do. */
export function bookingConditions(
  limits: BookingLimits,
  date: OfferedDate,
  facts: CandidateFacts,
  nowMs: number,
): ExamCondition[] {
  const isOpen = date.isPlanned && nowMs < bookingUntilMsOf(limits, date.opensAtMs);
  return [...personConditions(limits, date, facts), plain('booking-closed', isOpen)];
}

/** Everything that has to be true before the organiser may register somebody: the same, but open until the exam begins. */
export function registrationConditions(
  limits: BookingLimits,
  date: OfferedDate,
  facts: CandidateFacts,
  nowMs: number,
): ExamCondition[] {
  const isBeforeBell = date.isUpcoming && nowMs < date.opensAtMs;
  return [...personConditions(limits, date, facts), plain('booking-closed', isBeforeBell)];
}

function personConditions(limits: BookingLimits, date: OfferedDate, facts: CandidateFacts): ExamCondition[] {
  return [
    ...facts.hours.map(hoursCondition),
    plain('passed-already', !facts.attempts.some(({ passed }) => passed)),
    ...attemptConditions(limits, date, facts.attempts),
    plain('booked-elsewhere', !facts.isBookedElsewhere),
    plain('capacity', date.placesLeft > 0),
  ];
}

function hoursCondition({ courseId, titleZh, creditedSeconds, requiredSeconds }: CourseHours): ExamCondition {
  if (requiredSeconds === null) {
    return condition('hours', false, `《${titleZh}》没有安排`, 'The course is not assigned to you');
  }
  const met = creditedSeconds >= requiredSeconds;
  const minutes = Math.ceil((requiredSeconds - creditedSeconds) / 60);
  return {
    code: 'hours',
    met,
    zh: `《${titleZh}》学完${met ? '' : `，还差 ${minutes} 分钟`}`,
    en: `Finish the course${met ? '' : `: ${minutes} minutes are left`}`,
    to: `/courses/${courseId}`,
  };
}

function attemptConditions(
  limits: BookingLimits,
  { opensAtMs }: OfferedDate,
  attempts: readonly ExamAttempt[],
): ExamCondition[] {
  const { mostAttempts, resitWaitDays } = limits;
  const from = resitWaitDays === 0 ? null : nextAttemptFrom(limits, attempts);
  const made = attempts.length;
  return [
    ...(mostAttempts === null
      ? []
      : [
          condition(
            'attempts',
            attemptsLeftOf(limits, attempts) !== 0,
            `最多参加 ${mostAttempts} 次，已参加 ${made} 次`,
            `At most ${mostAttempts} attempts; ${made} made`,
          ),
        ]),
    ...(from === null
      ? []
      : [
          condition(
            'waiting',
            chinaDateOf(opensAtMs) >= from,
            `${from} 起可以补考`,
            `The next attempt is possible from ${from}`,
          ),
        ]),
  ];
}

/** Met and not met need words of their own: 还没有通过 below 还差 would tell somebody who has passed the opposite. */
const WORDS = {
  'passed-already': {
    met: ['这项考试还没有合格', 'This exam was not passed yet'],
    unmet: ['这项考试已经合格，不用再考', 'This exam was passed already'],
  },
  'booked-elsewhere': {
    met: ['没有报名同一考试的其他场次', 'No other date of this exam is booked'],
    unmet: ['已报名同一考试的其他场次', 'Another date of this exam is booked'],
  },
  capacity: {
    met: ['还有名额', 'There are places left'],
    unmet: ['名额已满', 'There are no places left'],
  },
  'booking-closed': {
    met: ['还可以报名', 'Booking is open'],
    unmet: ['报名已截止', 'Booking is closed'],
  },
} as const;

function plain(code: keyof typeof WORDS, met: boolean): ExamCondition {
  const [zh, en] = WORDS[code][met ? 'met' : 'unmet'];
  return condition(code, met, zh, en);
}

const condition = (code: ExamCondition['code'], met: boolean, zh: string, en: string): ExamCondition => ({
  code,
  met,
  zh,
  en,
  to: null,
});
