import type { Certainty, Limit } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';

/** The numbers of lesson quizzes, already picked out of a rule set. Units in the names. */
export interface QuizLimits {
  /** A course is published only if each lesson has a quiz. The hours of a lesson with a quiz wait for it wherever it is offered. */
  readonly required: boolean;
  /** Minutes of a lesson for which it has at least one question; null = any number will do. */
  readonly minutesPerQuestion: number | null;
  /** Time to answer each question, by the server's clock. */
  readonly secondsPerQuestion: number;
  readonly attempts: number;
  /** Share of the points that passes. */
  readonly passPercent: number;
  /** An attempt begins only this long after a passed check of the same sign-in; null = no check is asked for. */
  readonly identityFreshSeconds: number | null;
  /** A lesson is viewed to its end before its quiz is asked. */
  readonly wholeLessonFirst: boolean;
  /** What follows when the last attempt fails: what waited is refused, the lesson is studied anew, with as many attempts again. */
  readonly afterLastAttempt: 'study-again';
}

/** The numbers of lesson quizzes of one scheme, region and time. Stored results name `id`; a change is a new row, never an edit. */
export interface QuizRuleSet {
  readonly id: string;
  readonly scheme: SchemeCode;
  /** GB/T 2260 prefix (`44` Guangdong); empty = everywhere. */
  readonly regionPrefix: string;
  /** First China day on which it applies, YYYY-MM-DD. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof QuizLimits]: Limit<QuizLimits[Name]> };
}

const ITEM_32 =
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 32: 每 10 分钟不少于 1 题, 每题 60 秒, 5 次机会, 80 分以上确认学时';
const ITEM_11 =
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 11: 培训及测试全流程覆盖, how long a check holds is not said';
const OTHERS = 'no public text asks for quizzes of lessons here; the numbers of work-safety where a body offers one';
const AFTERWARDS =
  'no public text says what comes before the first and after the last attempt; chosen so that no failed lesson counts and nobody is shut out';

const limit =
  (certainty: Certainty, source: string) =>
  <Value>(value: Value): Limit<Value> => ({ value, certainty, source });
const stated = limit('stated', ITEM_32);
const unknown = limit('unknown', OTHERS);
const assumed = limit('assumed', AFTERWARDS);
const checked = limit('assumed', ITEM_11);

const voluntary: QuizRuleSet['limits'] = {
  required: unknown(false),
  minutesPerQuestion: unknown(null),
  secondsPerQuestion: unknown(60),
  attempts: unknown(5),
  passPercent: unknown(80),
  identityFreshSeconds: unknown(null),
  wholeLessonFirst: assumed(true),
  afterLastAttempt: assumed('study-again'),
};

export const quizRuleSets: readonly QuizRuleSet[] = [
  {
    id: 'work-safety.quiz.2022-07-01',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2022-07-01',
    limits: {
      required: stated(true),
      minutesPerQuestion: stated(10),
      secondsPerQuestion: stated(60),
      attempts: stated(5),
      passPercent: stated(80),
      // The longest time between two checks of study.
      identityFreshSeconds: checked(15 * 60),
      wholeLessonFirst: assumed(true),
      afterLastAttempt: assumed('study-again'),
    },
  },
  {
    id: 'road-transport.quiz.2020-04-01',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2020-04-01',
    limits: voluntary,
  },
  {
    id: 'driver-licence.quiz.2022-04-01',
    scheme: 'driver-licence',
    regionPrefix: '',
    validFrom: '2022-04-01',
    limits: voluntary,
  },
];

/** The rule set in force, most specific region first, then the youngest; throws RangeError if none is. */
export function findQuizRuleSet(
  scheme: SchemeCode,
  regionCode: string,
  day: string,
  table: readonly QuizRuleSet[] = quizRuleSets,
): QuizRuleSet {
  const best = table
    .filter((one) => one.scheme === scheme && regionCode.startsWith(one.regionPrefix) && one.validFrom <= day)
    .toSorted((a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom))[0];
  if (!best) throw new RangeError(`no quiz rule set for ${scheme} in ${regionCode} on ${day}`);
  return best;
}

/** A rule set by the name that a stored result carries; throws RangeError for a name that never existed. */
export function getQuizRuleSet(id: string, table: readonly QuizRuleSet[] = quizRuleSets): QuizRuleSet {
  const found = table.find((one) => one.id === id);
  if (!found) throw new RangeError(`no quiz rule set ${id}`);
  return found;
}

/** The bare numbers of a rule set. */
export const quizLimitsOf = ({ limits }: QuizRuleSet): QuizLimits => ({
  required: limits.required.value,
  minutesPerQuestion: limits.minutesPerQuestion.value,
  secondsPerQuestion: limits.secondsPerQuestion.value,
  attempts: limits.attempts.value,
  passPercent: limits.passPercent.value,
  identityFreshSeconds: limits.identityFreshSeconds.value,
  wholeLessonFirst: limits.wholeLessonFirst.value,
  afterLastAttempt: limits.afterLastAttempt.value,
});

/** Questions that a lesson of this length needs at least: one for every begun stretch, and one in any case. */
export function fewestQuizQuestions(durationMs: number, { minutesPerQuestion }: QuizLimits): number {
  if (minutesPerQuestion === null) return 1;
  return Math.max(1, Math.ceil(durationMs / (minutesPerQuestion * 60_000)));
}
