import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import {
  findQuestionReviewProblems,
  nextQuestionState,
  openQuestionStates,
  questionActions,
  type QuestionState,
} from './question-state.ts';

test('whatever is done, content changes only before approval, and nothing that was approved opens again', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...questionActions), { maxLength: 30 }), (actions) => {
      let state: QuestionState = 'draft';
      let wasApproved = false;
      for (const action of actions) {
        const next = nextQuestionState(state, action);
        if (next === null) continue;
        if (action === 'edit') expect(wasApproved).toBe(false);
        if (wasApproved) expect(openQuestionStates).not.toContain(next);
        wasApproved ||= next === 'approved';
        state = next;
      }
    }),
  );
});

it.each([
  ['the writer', 'a', 'approved', '', ['own-work']],
  ['somebody else', 'b', 'approved', '', []],
  ['somebody else without a reason', 'b', 'refused', ' ', ['comment-missing']],
  ['the writer without a reason', 'a', 'refused', '', ['own-work', 'comment-missing']],
] as const)('%s decides', (_, reviewerId, decision, comment, expected) => {
  expect(findQuestionReviewProblems({ decision, comment, reviewerId, authorIds: ['a', 'c'] })).toEqual(expected);
});
