import type { ExamPlanDetail, ExamPlanView, PlanRules } from '@antu/contract';
import { type Candidate, type ExamRuleSet, getExamRuleSet, preparePlan, type QuestionKind } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { checkSource } from './check-plan.ts';
import { candidatesOf } from './draw-from-plan.ts';
import { type ExamPlan, sizeOf } from './plan-rows.ts';

export function presentRules({ id, nameZh, nameEn, scheme, limits }: ExamRuleSet): PlanRules {
  const limit = ({ value, certainty }: ExamRuleSet['limits']['questions']) => ({
    value,
    sure: certainty === 'stated' || certainty === 'verified',
  });
  return {
    id,
    nameZh,
    nameEn,
    scheme,
    durationSeconds: limits.durationSeconds.value,
    totalPoints: limits.totalPoints.value,
    passPoints: limits.passPoints.value,
    questions: limit(limits.questions),
    judgementQuestions: limit(limits.judgementQuestions),
    singleQuestions: limit(limits.singleQuestions),
  };
}

export function presentSummary(plan: ExamPlan, candidates: readonly Candidate[]): ExamPlanView {
  const { nameZh, nameEn } = getExamRuleSet(plan.ruleSetId);
  const { questions, centipoints } = sizeOf(plan);
  return {
    id: plan.id,
    organisation: { id: plan.organisationId, name: plan.organisationName },
    scheme: plan.scheme,
    ruleSetId: plan.ruleSetId,
    ruleNameZh: nameZh,
    ruleNameEn: nameEn,
    titleZh: plan.titleZh,
    mode: plan.picked ? 'picked' : 'drawn',
    shuffleQuestions: plan.shuffleQuestions,
    shuffleOptions: plan.shuffleOptions,
    isMock: plan.isMock,
    questions,
    totalPoints: centipoints / 100,
    canDraw: preparePlan(plan, candidates)('check').ok,
    createdAt: plan.createdAt.toISOString(),
    retiredAt: plan.retiredAt?.toISOString() ?? null,
  };
}

/** A plan with what it lacks on a China day. */
export async function presentPlan(db: Queryable, plan: ExamPlan, day: string): Promise<ExamPlanDetail> {
  const candidates = await candidatesOf(db, plan, day);
  const rules = getExamRuleSet(plan.ruleSetId);
  const { problems, shortages } = checkSource(plan, rules, candidates);
  return {
    ...presentSummary(plan, candidates),
    rules: presentRules(rules),
    posts: [...plan.posts],
    lines: plan.lines && [...plan.lines],
    picked: plan.picked && (await presentPicked(db, plan.picked, candidates)),
    problems,
    shortages,
    replacedBy: plan.replacedBy,
  };
}

interface PickedRow {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly stem: string;
  readonly topic_title_zh: string;
  readonly topic_title_en: string;
}

/** Questions as the version in force asks them, or the newest where none is. */
async function presentPicked(
  db: Queryable,
  picked: NonNullable<ExamPlan['picked']>,
  candidates: readonly Candidate[],
): Promise<NonNullable<ExamPlanDetail['picked']>> {
  const { rows } = await db.query<PickedRow>(
    `select distinct on (q.id) q.id, v.kind, v.content::json ->> 'stem' as stem, t.title_zh as topic_title_zh,
       t.title_en as topic_title_en
     from question q join question_version v on v.question_id = q.id join syllabus_topic t on t.id = v.topic_id
     where q.id = any($1::uuid[]) order by q.id, (v.id = q.active_version_id) desc nulls last, v.number desc`,
    [picked.map(({ questionId }) => questionId)],
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const usable = new Set(candidates.map(({ questionId }) => questionId));
  return picked.flatMap(({ questionId, centipoints }) => {
    const row = rowOf.get(questionId);
    if (!row) return [];
    return [
      {
        questionId,
        centipoints,
        kind: row.kind,
        stem: row.stem,
        topicTitleZh: row.topic_title_zh,
        topicTitleEn: row.topic_title_en,
        usable: usable.has(questionId),
      },
    ];
  });
}
