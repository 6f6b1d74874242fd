import { PLAN_PROBLEM_TEXTS, type PlanProblemView } from '@antu/contract';
import {
  type Candidate,
  type ExamRuleSet,
  examRuleSets,
  findExamRuleSets,
  findPlanProblems,
  type PaperSource,
  preparePlan,
  type Shortage,
  sumOf,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import { regionOfOrganisation } from './organisation-region.ts';

export interface PlanCheck {
  readonly questions: number;
  readonly totalPoints: number;
  readonly problems: PlanProblemView[];
  readonly shortages: Shortage[];
}

/** What is wrong with a plan, and what the bank lacks for it. */
export function checkSource(source: PaperSource, rules: ExamRuleSet, candidates: readonly Candidate[]): PlanCheck {
  const { questions, centipoints } = sumOf(source, candidates);
  // What is missing does not depend on the seed.
  const drawn = preparePlan(source, candidates)('check');
  return {
    questions,
    totalPoints: centipoints / 100,
    problems: findPlanProblems(source, rules, candidates).map((problem) => {
      const { zh, en } = PLAN_PROBLEM_TEXTS[problem.code];
      const fill = (text: string): string =>
        text.replace('{wanted}', String(problem.wanted)).replace('{found}', String(problem.found));
      return { ...problem, zh: fill(zh), en: fill(en) };
    }),
    shortages: drawn.ok ? [] : [...drawn.shortages],
  };
}

/** Says which lines lack how many questions. */
export function shortageError(shortages: readonly Shortage[]): AppError {
  const say = (words: (one: Shortage) => string, separator: string) => shortages.map(words).join(separator);
  return new AppError('exams.plan_short', {
    shortages,
    summary: say((one) => `第 ${one.line + 1} 行要 ${one.wanted} 道，只有 ${one.available} 道`, '；'),
    summaryEn: say((one) => `line ${one.line + 1} wants ${one.wanted} and gets ${one.available}`, '; '),
  });
}

/** Refuses with every problem that blocks, and what papers cannot be drawn of today. */
export function requireValid({ problems, shortages }: PlanCheck): void {
  const blocking = problems.filter(({ blocks }) => blocks);
  if (blocking.length === 0) {
    if (shortages.length > 0) throw shortageError(shortages);
    return;
  }
  throw new AppError('exams.plan_not_valid', {
    problems: blocking,
    summary: blocking.map(({ zh }) => zh).join(''),
    summaryEn: blocking.map(({ en }) => en).join(' '),
  });
}

/** The rules of exams that an organisation may plan on a China day. */
export async function rulesFor(db: Queryable, organisationId: string, day: string): Promise<ExamRuleSet[]> {
  const regionCode = await regionOfOrganisation(db, organisationId);
  const schemes = [...new Set(examRuleSets.map(({ scheme }) => scheme))];
  return schemes.flatMap((scheme) => findExamRuleSets(scheme, regionCode, day));
}

/** The rules that a plan is made under. Errors: `exams.rule_set_unknown` when they are not in force there that day */
export async function requireRules(
  db: Queryable,
  organisationId: string,
  ruleSetId: string,
  day: string,
): Promise<ExamRuleSet> {
  const rules = (await rulesFor(db, organisationId, day)).find(({ id }) => id === ruleSetId);
  if (!rules) throw new AppError('exams.rule_set_unknown', { ruleSetId });
  return rules;
}

/** Refuses topics of another scheme, and picked questions that are in no bank of the organisation. */
export async function requireOwnParts(
  db: Queryable,
  { lines, picked }: PaperSource,
  { organisationId, scheme }: { organisationId: string; scheme: string },
): Promise<void> {
  const topicIds = (lines ?? []).flatMap(({ topicId }) => topicId ?? []);
  const questionIds = (picked ?? []).map(({ questionId }) => questionId);
  const { rows } = await db.query<{ topics: number; questions: number }>(
    `select (select count(*)::int from syllabus_topic t join syllabus s on s.id = t.syllabus_id
         where t.id = any($1::uuid[]) and s.scheme = $3) as topics,
       (select count(*)::int from question q join question_bank b on b.id = q.bank_id
         where q.id = any($2::uuid[]) and b.organisation_id = $4 and b.scheme = $3) as questions`,
    [topicIds, questionIds, scheme, organisationId],
  );
  if (rows[0]?.topics !== new Set(topicIds).size) throw new AppError('exams.plan_topic_foreign');
  if (rows[0]?.questions !== new Set(questionIds).size) throw new AppError('questions.not_found');
}
