/**
 * States of a version of a question. `approved`: papers draw it; `superseded`: a newer one was approved; `retired`: the question is out of
 * use; `dropped`: a draft that was thrown away.
 */
export const questionStates = ['draft', 'review', 'approved', 'refused', 'superseded', 'retired', 'dropped'] as const;
export type QuestionState = (typeof questionStates)[number];

/** `take-back`: the author wants it again before anybody decided. */
export const questionActions = [
  'edit',
  'submit',
  'take-back',
  'approve',
  'refuse',
  'supersede',
  'retire',
  'drop',
] as const;
export type QuestionAction = (typeof questionActions)[number];

const nothing = {
  edit: null,
  submit: null,
  'take-back': null,
  approve: null,
  refuse: null,
  supersede: null,
  retire: null,
  drop: null,
} as const;

/** Where each action leads from each state; null is forbidden. */
const transitions: Readonly<Record<QuestionState, Readonly<Record<QuestionAction, QuestionState | null>>>> = {
  draft: { ...nothing, edit: 'draft', submit: 'review', drop: 'dropped' },
  review: { ...nothing, 'take-back': 'draft', approve: 'approved', refuse: 'refused', drop: 'dropped' },
  approved: { ...nothing, supersede: 'superseded', retire: 'retired' },
  // Goes back to its author: the first change makes it a draft again.
  refused: { ...nothing, edit: 'draft', submit: 'review', drop: 'dropped' },
  superseded: nothing,
  retired: nothing,
  dropped: nothing,
};

/** The state after an action, or null when the action is forbidden in that state. */
export const nextQuestionState = (state: QuestionState, action: QuestionAction): QuestionState | null =>
  transitions[state][action];

/** Versions in the making: a question has one at most. */
export const openQuestionStates = ['draft', 'review', 'refused'] as const satisfies readonly QuestionState[];

export type QuestionReviewProblem = 'own-work' | 'comment-missing';

/** Everything that forbids a decision: nobody reviews what they wrote in, and a refusal says why. */
export function findQuestionReviewProblems(review: {
  readonly decision: 'approved' | 'refused';
  readonly comment: string;
  readonly reviewerId: string;
  /** Accounts that wrote in the version. */
  readonly authorIds: readonly string[];
}): readonly QuestionReviewProblem[] {
  const problems: QuestionReviewProblem[] = [];
  if (review.authorIds.includes(review.reviewerId)) problems.push('own-work');
  if (review.decision === 'refused' && review.comment.trim() === '') problems.push('comment-missing');
  return problems;
}
