/** States of a course version. Only a draft and a refused version can be edited. */
export const courseVersionStates = [
  'draft',
  'body-review',
  'platform-review',
  'published',
  'refused',
  'superseded',
  'withdrawn',
] as const;
export type CourseVersionState = (typeof courseVersionStates)[number];

/** What can happen to a course version. `supersede` happens to the published one when the next is published. */
export const courseVersionActions = [
  'edit',
  'submit',
  'approve-body',
  'refuse-body',
  'approve-platform',
  'refuse-platform',
  'supersede',
  'withdraw',
] as const;
export type CourseVersionAction = (typeof courseVersionActions)[number];

type Next = CourseVersionState | null;

/** The state machine: where each action leads from each state; null is forbidden. A forgotten cell does not compile. */
const transitions = {
  draft: {
    edit: 'draft',
    submit: 'body-review',
    'approve-body': null,
    'refuse-body': null,
    'approve-platform': null,
    'refuse-platform': null,
    supersede: null,
    withdraw: null,
  },
  'body-review': {
    edit: null,
    submit: null,
    'approve-body': 'platform-review',
    'refuse-body': 'refused',
    'approve-platform': null,
    'refuse-platform': null,
    supersede: null,
    withdraw: null,
  },
  'platform-review': {
    edit: null,
    submit: null,
    'approve-body': null,
    'refuse-body': null,
    'approve-platform': 'published',
    'refuse-platform': 'refused',
    supersede: null,
    withdraw: null,
  },
  published: {
    edit: null,
    submit: null,
    'approve-body': null,
    'refuse-body': null,
    'approve-platform': null,
    'refuse-platform': null,
    supersede: 'superseded',
    withdraw: 'withdrawn',
  },
  // A refused version goes back to its author: the first change makes it a draft again.
  refused: {
    edit: 'draft',
    submit: 'body-review',
    'approve-body': null,
    'refuse-body': null,
    'approve-platform': null,
    'refuse-platform': null,
    supersede: null,
    withdraw: null,
  },
  superseded: {
    edit: null,
    submit: null,
    'approve-body': null,
    'refuse-body': null,
    'approve-platform': null,
    'refuse-platform': null,
    supersede: null,
    // Learners who started it still see it, so it can have to go as well.
    withdraw: 'withdrawn',
  },
  withdrawn: {
    edit: null,
    submit: null,
    'approve-body': null,
    'refuse-body': null,
    'approve-platform': null,
    'refuse-platform': null,
    supersede: null,
    withdraw: null,
  },
} as const satisfies Record<CourseVersionState, Record<CourseVersionAction, Next>>;

/** The state after an action, or null when the action is forbidden in that state. */
export const nextVersionState = (state: CourseVersionState, action: CourseVersionAction): CourseVersionState | null =>
  transitions[state][action];

/** What can be done in a state: what a refusal names. */
export const possibleVersionActions = (state: CourseVersionState): readonly CourseVersionAction[] =>
  courseVersionActions.filter((action) => transitions[state][action] !== null);

/** States whose content learners may see: published now, or once published and kept for those who started it. */
export const learnerVisibleStates = ['published', 'superseded'] as const satisfies readonly CourseVersionState[];

/** States of a version in the making. A course has at most one. */
export const openVersionStates = [
  'draft',
  'refused',
  'body-review',
  'platform-review',
] as const satisfies readonly CourseVersionState[];
