import type { CourseVersionAction, CourseVersionState } from './version-state.ts';

export type ReviewStage = 'body' | 'platform';
export type ReviewDecision = 'approved' | 'refused';

/** The stage that a state waits for; null when it waits for nobody. */
export const reviewStageOf = (state: CourseVersionState): ReviewStage | null =>
  state === 'body-review' ? 'body' : state === 'platform-review' ? 'platform' : null;

const actions = {
  body: { approved: 'approve-body', refused: 'refuse-body' },
  platform: { approved: 'approve-platform', refused: 'refuse-platform' },
} as const satisfies Record<ReviewStage, Record<ReviewDecision, CourseVersionAction>>;

/** The action of the state machine that a decision at a stage is. */
export const reviewAction = (stage: ReviewStage, decision: ReviewDecision): CourseVersionAction =>
  actions[stage][decision];

export type ReviewProblem = 'own-work' | 'reviewed-before' | 'comment-missing';

export interface ReviewQuestion {
  readonly decision: ReviewDecision;
  readonly comment: string;
  readonly reviewerId: string;
  /** Accounts that made or submitted the version. */
  readonly authorIds: readonly string[];
  /** Accounts that approved the earlier stage of this submission. */
  readonly earlierReviewerIds: readonly string[];
}

/**
 * Everything that forbids this decision by this reviewer: nobody reviews their own work, the two stages are two people,
 * and a refusal says why.
 */
export const findReviewProblems = (question: ReviewQuestion): readonly ReviewProblem[] => {
  const problems: ReviewProblem[] = [];
  if (question.authorIds.includes(question.reviewerId)) problems.push('own-work');
  if (question.earlierReviewerIds.includes(question.reviewerId)) problems.push('reviewed-before');
  if (question.decision === 'refused' && question.comment.trim() === '') problems.push('comment-missing');
  return problems;
};
