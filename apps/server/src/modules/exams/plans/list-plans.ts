import type { ExamPlanView, getPlanChoices as choicesEndpoint } from '@antu/contract';
import { type Candidate, countAvailable, type SchemeCode } from '@antu/domain';
import type { z } from 'zod';
import { organisationInReach, scopeOf } from '../../people/index.ts';
import type { BankContext } from '../bank/index.ts';
import { checkSource, requireRules, rulesFor } from './check-plan.ts';
import { candidatesOf } from './draw-from-plan.ts';
import { requirePlanner, selectPlans } from './plan-rows.ts';
import { presentRules, presentSummary } from './present-plan.ts';
import { type NewPlan, todayOf } from './save-plan.ts';

/** Plans that the actor may work on, the newest first. */
export async function listPlans(ctx: BankContext): Promise<{ items: ExamPlanView[] }> {
  const within = organisationInReach(scopeOf(ctx.actor, 'exam-plans.write'), 'p.organisation_id', 1);
  const plans = await selectPlans(ctx.pool, within.sql, within.values);
  // Plans of one organisation mostly draw from the same questions.
  const known = new Map<string, Promise<readonly Candidate[]>>();
  const items = plans.map(async (plan) => {
    const key = [plan.organisationId, plan.scheme, plan.isMock, ...plan.posts].join('\n');
    const candidates = known.get(key) ?? candidatesOf(ctx.pool, plan, todayOf(ctx));
    known.set(key, candidates);
    return presentSummary(plan, await candidates);
  });
  return { items: await Promise.all(items) };
}

/** What there is to choose from for a plan of a scheme. */
export async function readChoices(
  ctx: BankContext,
  { organisationId, scheme, posts, mock }: z.output<(typeof choicesEndpoint)['query']>,
): Promise<z.input<(typeof choicesEndpoint)['answer']>> {
  requirePlanner(ctx.actor, organisationId);
  const day = todayOf(ctx);
  const scope = {
    organisationId,
    scheme,
    posts: posts.split(',').filter((post) => post !== ''),
    isMock: mock === 'yes',
  };
  const [candidates, rules, topics] = await Promise.all([
    candidatesOf(ctx.pool, scope, day),
    rulesFor(ctx.pool, organisationId, day),
    readTopics(ctx, scheme),
  ]);
  const counts = countAvailable(candidates);
  const asked = new Set(counts.map(({ topicId }) => topicId));
  return {
    rules: rules.filter((one) => one.scheme === scheme).map(presentRules),
    topics: topics.filter(({ id }) => asked.has(id)),
    counts,
  };
}

interface Topic {
  readonly id: string;
  readonly syllabusTitleZh: string;
  readonly titleZh: string;
  readonly titleEn: string;
}

async function readTopics({ pool }: BankContext, scheme: SchemeCode): Promise<Topic[]> {
  const { rows } = await pool.query<Topic>(
    `select t.id, s.title_zh as "syllabusTitleZh", t.title_zh as "titleZh", t.title_en as "titleEn"
     from syllabus_topic t join syllabus s on s.id = t.syllabus_id where s.scheme = $1 order by s.title_zh, t.position`,
    [scheme],
  );
  return rows;
}

/** What is wrong with a plan that is being written. Errors: `exams.rule_set_unknown` */
export async function checkDraft(ctx: BankContext, draft: Omit<NewPlan, 'titleZh'>) {
  requirePlanner(ctx.actor, draft.organisationId);
  const rules = await requireRules(ctx.pool, draft.organisationId, draft.ruleSetId, todayOf(ctx));
  const candidates = await candidatesOf(ctx.pool, { ...draft, scheme: rules.scheme }, todayOf(ctx));
  return checkSource(draft, rules, candidates);
}
