import { studyHoursOf } from '../study/hours.ts';

/** One thing a person owes, as plain values. */
export interface OwedTraining {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string | null;
  /** Last day on which it is in time, YYYY-MM-DD in China; null: no date. */
  readonly dueOn: string | null;
  readonly requiredSeconds: number;
  readonly creditedSeconds: number;
  readonly studyHourSeconds: number;
}

export type ObligationState = 'open' | 'done' | 'overdue';

/** A condition that is not met, in words for the one who has to act. */
export interface UnmetCondition {
  readonly obligationId: string;
  readonly zh: string;
  readonly en: string;
}

export interface Standing {
  readonly mayWork: boolean;
  /** Not done, overdue ones included. */
  readonly openCount: number;
  readonly overdueCount: number;
  /** Earliest due day of what is open, overdue ones included. */
  readonly nextDueOn: string | null;
  /** Every condition that forbids work today; never only the first. */
  readonly unmet: readonly UnmetCondition[];
}

/** How many days ahead a due day counts as near. */
export const DUE_SOON_DAYS = 30;

/** A course is owed until every creditable second is credited; on the due day itself it is still in time. */
export function obligationStateOf(
  owed: Pick<OwedTraining, 'dueOn' | 'requiredSeconds' | 'creditedSeconds'>,
  today: string,
): ObligationState {
  if (owed.creditedSeconds >= owed.requiredSeconds) return 'done';
  return owed.dueOn !== null && owed.dueOn < today ? 'overdue' : 'open';
}

/**
 * Whether a person may work today: nothing is overdue. Drivers who miss compulsory training are stopped until it is
 * made up (Guangdong three-year plan 2020-22: 停班培训); the company and the authority see this very decision.
 * @param today China day, YYYY-MM-DD
 */
export function decideStanding(owed: readonly OwedTraining[], today: string): Standing {
  const open = owed.filter((one) => obligationStateOf(one, today) !== 'done');
  const overdue = open.filter((one) => obligationStateOf(one, today) === 'overdue').sort(byDueDay);
  return {
    mayWork: overdue.length === 0,
    openCount: open.length,
    overdueCount: overdue.length,
    nextDueOn: [...open].sort(byDueDay)[0]?.dueOn ?? null,
    unmet: overdue.map((one) => overdueCondition(one, today)),
  };
}

/** Earliest due day first; without a day last. */
export function byDueDay(a: Pick<OwedTraining, 'dueOn'>, b: Pick<OwedTraining, 'dueOn'>): number {
  if (a.dueOn === b.dueOn) return 0;
  if (a.dueOn === null) return 1;
  if (b.dueOn === null) return -1;
  return a.dueOn < b.dueOn ? -1 : 1;
}

/** Days from one China day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

function overdueCondition(one: OwedTraining, today: string): UnmetCondition {
  const dueOn = one.dueOn ?? today;
  const late = daysBetween(dueOn, today);
  const [, month = '', day = ''] = dueOn.split('-');
  const missing = missingHours(one);
  return {
    obligationId: one.id,
    zh: `《${one.titleZh}》还差 ${missing} 学时，${Number(month)} 月 ${Number(day)} 日到期，已逾期 ${late} 天。学完当天恢复。`,
    en: `“${one.titleEn ?? one.titleZh}” lacks ${missing} study hours; it was due on ${dueOn}, ${late} days ago. Finish it and you may work the same day.`,
  };
}

/** Missing 学时 in tenths, rounded up: nobody is told that less is missing than is. */
function missingHours(one: OwedTraining): string {
  const missing = Math.max(0, one.requiredSeconds - one.creditedSeconds);
  const down = studyHoursOf(missing, one.studyHourSeconds);
  const exact = down * one.studyHourSeconds === missing;
  return (exact ? down : (Math.round(down * 10) + 1) / 10).toFixed(1);
}
