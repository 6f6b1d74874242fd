import { studyHoursOf } from '../study/hours.ts';
import type { PurposeLimits, PurposeRuleSet, TrainingPurpose } from './purpose-rules.ts';
import { cycleAt, isInCycle, type TrainingCycle } from './training-cycle.ts';

/** Credited time as recognition sees it. Negative seconds take back what a later decision voided. */
export interface CountableEntry {
  readonly id: string;
  readonly scheme: string;
  readonly topicCode: string | null;
  /** China day, YYYY-MM-DD. */
  readonly day: string;
  readonly seconds: number;
}

/** Why an entry counts for a purpose, or does not. */
export type CountReason = 'counts' | 'other-scheme' | 'other-topic' | 'other-cycle';

export interface UnmetPurpose {
  readonly code: 'hours-missing' | 'share-missing';
  readonly zh: string;
  readonly en: string;
}

/** How a person stands with one purpose on a day. Seconds of credited time. */
export interface PurposeStanding {
  readonly purpose: TrainingPurpose;
  readonly ruleSetId: string;
  readonly cycle: TrainingCycle;
  readonly requiredSeconds: number;
  readonly countedSeconds: number;
  /** Least seconds of the topics that must make up a share, and those there are; null: no such rule. */
  readonly share: { readonly requiredSeconds: number; readonly countedSeconds: number } | null;
  readonly met: boolean;
  /** Every condition that is not met, never only the first. */
  readonly unmet: readonly UnmetPurpose[];
  /** Entries that count, in the order given. */
  readonly entryIds: readonly string[];
}

export const purposeLimitsOf = ({ limits }: PurposeRuleSet): PurposeLimits => ({
  requiredHours: limits.requiredHours.value,
  studyHourSeconds: limits.studyHourSeconds.value,
  cycleMonths: limits.cycleMonths.value,
  cycleAnchor: limits.cycleAnchor.value,
  topicCodes: limits.topicCodes.value,
  sharePercent: limits.sharePercent.value,
  shareTopicCodes: limits.shareTopicCodes.value,
});

/** Whether an entry counts for a purpose in a cycle, and if not, why. */
export function countReasonOf(ruleSet: PurposeRuleSet, cycle: TrainingCycle, entry: CountableEntry): CountReason {
  const topics = ruleSet.limits.topicCodes.value;
  if (entry.scheme !== ruleSet.scheme) return 'other-scheme';
  if (topics !== null && (entry.topicCode === null || !topics.includes(entry.topicCode))) return 'other-topic';
  // Something that is asked for once looks at all the time there was.
  if (ruleSet.limits.cycleMonths.value !== null && !isInCycle(cycle, entry.day)) return 'other-cycle';
  return 'counts';
}

/**
 * How far credited hours go for a purpose. Hours are recognised wherever they were taken (一处培训、多处互认).
 * @param today China day; tells the cycle
 */
export function recognise(ruleSet: PurposeRuleSet, entries: readonly CountableEntry[], today: string): PurposeStanding {
  const limits = purposeLimitsOf(ruleSet);
  const cycle = cycleAt(limits.cycleAnchor, limits.cycleMonths, today);
  const counting = entries.filter((entry) => countReasonOf(ruleSet, cycle, entry) === 'counts');
  const countedSeconds = sumOf(counting);
  const requiredSeconds = limits.requiredHours * limits.studyHourSeconds;
  const share =
    limits.sharePercent === null
      ? null
      : {
          requiredSeconds: Math.ceil((Math.max(countedSeconds, requiredSeconds) * limits.sharePercent) / 100),
          countedSeconds: Math.min(
            countedSeconds,
            sumOf(counting.filter((one) => limits.shareTopicCodes.includes(one.topicCode ?? ''))),
          ),
        };
  const unmet: UnmetPurpose[] = [];
  if (countedSeconds < requiredSeconds) {
    const hours = missing(requiredSeconds - countedSeconds, limits);
    unmet.push({ code: 'hours-missing', zh: `还差 ${hours} 学时`, en: `${hours} study hours are missing` });
  }
  if (share && share.countedSeconds < share.requiredSeconds) {
    const hours = missing(share.requiredSeconds - share.countedSeconds, limits);
    unmet.push({
      code: 'share-missing',
      zh: `安全驾驶技能类课程不少于 ${limits.sharePercent}%，还差 ${hours} 学时`,
      en: `driving skill makes up ${limits.sharePercent} % at least: ${hours} study hours are missing`,
    });
  }
  return {
    purpose: ruleSet.purpose,
    ruleSetId: ruleSet.id,
    cycle,
    requiredSeconds,
    countedSeconds,
    share,
    met: unmet.length === 0,
    unmet,
    entryIds: counting.map(({ id }) => id),
  };
}

/** Never below nothing: what was voided may have been credited in an earlier cycle. */
const sumOf = (entries: readonly CountableEntry[]): number =>
  Math.max(
    0,
    entries.reduce((sum, { seconds }) => sum + seconds, 0),
  );

/** Tenths of 学时, rounded up: nobody is told that less is missing than is. */
function missing(seconds: number, { studyHourSeconds }: PurposeLimits): string {
  const down = studyHoursOf(seconds, studyHourSeconds);
  return (down * studyHourSeconds >= seconds ? down : (Math.round(down * 10) + 1) / 10).toFixed(1);
}
