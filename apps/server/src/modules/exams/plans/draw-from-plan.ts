import { type Candidate, type DrawnPaper, type PaperDrawer, preparePlan } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { findCandidates } from '../bank/index.ts';
import type { ExamPlan } from './plan-rows.ts';

export interface CandidateScope extends Pick<ExamPlan, 'scheme' | 'organisationId' | 'posts'> {
  /** A mock exam: asks nothing that is kept for formal exams. */
  readonly isMock?: boolean;
}

/** Questions that papers of a China day (YYYY-MM-DD) may ask under a plan. */
export const candidatesOf = (
  db: Queryable,
  { scheme, organisationId, posts, isMock = false }: CandidateScope,
  day: string,
): Promise<readonly Candidate[]> =>
  findCandidates(db, { scheme, organisationId, day, openOnly: isMock, ...(posts.length > 0 ? { posts } : {}) });

/** Draws papers of a plan for a China day, as many as wanted: the bank is read once. */
export async function paperDrawer(db: Queryable, plan: ExamPlan, day: string): Promise<PaperDrawer> {
  return preparePlan(plan, await candidatesOf(db, plan, day));
}

/** The paper of a seed. The same seed draws the same paper as long as the same questions are approved and valid. */
export async function drawFromPlan(db: Queryable, plan: ExamPlan, seed: string, day: string): Promise<DrawnPaper> {
  return (await paperDrawer(db, plan, day))(seed);
}
