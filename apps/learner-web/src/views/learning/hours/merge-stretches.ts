import type { EndpointAnswer, getOwnHours, Stretch } from '@antu/contract';

export type HoursDay = EndpointAnswer<typeof getOwnHours>['days'][number];
export type HoursSession = HoursDay['sessions'][number];

/** Stretches of one kind and reason with less between them read as one. */
const JOIN_MS = 2_000;

/** Joins neighbours that say the same, so that a lesson is one line and not one per report. */
export function mergeStretches(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const one of stretches) {
    const last = merged.at(-1);
    const same = last && last.kind === one.kind && last.reason === one.reason;
    if (last && same && Date.parse(one.from) - Date.parse(last.to) < JOIN_MS) {
      last.to = one.to;
      last.mediaToMs = one.mediaToMs;
      last.creditedSeconds += one.creditedSeconds;
    } else {
      merged.push({ ...one });
    }
  }
  return merged;
}

/** Length of a stretch on the server's clock, s. */
export function lengthOfStretch(one: Pick<Stretch, 'from' | 'to'>): number {
  return Math.max(0, (Date.parse(one.to) - Date.parse(one.from)) / 1000);
}

/**
 * What a stretch is for the learner. Leaving the page is theirs to explain, so it stands with what was not counted; what two
 * people have to confirm, or a quiz, is neither counted nor refused.
 */
export type StretchLook = 'credited' | 'refused' | 'standing' | 'repeated' | 'waiting';

/** Sorts a stretch as the sums of the server do. */
export function lookOfStretch({ kind, reason }: Pick<Stretch, 'kind' | 'reason'>): StretchLook {
  if (reason === 'identity-awaiting' || reason === 'quiz-awaiting') return 'waiting';
  if (kind === 'credited' || kind === 'refused') return kind;
  if (reason === 'hidden') return 'refused';
  return reason === 'seen-before' ? 'repeated' : 'standing';
}

/** Where the time of a day went, s. */
export interface DayUse {
  creditedSeconds: number;
  refusedSeconds: number;
  standingSeconds: number;
  repeatedSeconds: number;
  /** Taken back later, and counted only if two people confirm it: both are apart from what was credited. */
  voidedSeconds: number;
  awaitingSeconds: number;
  /** Counted once the quiz of the lesson is passed. */
  quizSeconds: number;
}

/** Sums up a day; credited and refused as the server says, the rest from the stretches. */
export function sumDay(day: HoursDay): DayUse {
  const seconds = { credited: 0, refused: 0, standing: 0, repeated: 0, waiting: 0 };
  for (const one of day.sessions.flatMap((session) => session.stretches)) {
    seconds[lookOfStretch(one)] += lengthOfStretch(one);
  }
  return {
    creditedSeconds: day.creditedSeconds,
    refusedSeconds: day.refusedSeconds,
    standingSeconds: Math.floor(seconds.standing),
    repeatedSeconds: Math.floor(seconds.repeated),
    voidedSeconds: day.sessions.reduce((sum, one) => sum + one.voidedSeconds, 0),
    awaitingSeconds: day.sessions.reduce((sum, one) => sum + one.awaitingSeconds, 0),
    quizSeconds: day.sessions.reduce((sum, one) => sum + one.quizSeconds, 0),
  };
}

const DAY_MS = 86_400_000;

/** Place of a stretch on the bar of a China day, parts of 1; null when it lies outside. */
export function placeOnDay(one: Pick<Stretch, 'from' | 'to'>, day: string): { left: number; width: number } | null {
  const start = Date.parse(`${day}T00:00:00+08:00`);
  const from = Math.max(0, (Date.parse(one.from) - start) / DAY_MS);
  const to = Math.min(1, (Date.parse(one.to) - start) / DAY_MS);
  return to > from ? { left: from, width: to - from } : null;
}
