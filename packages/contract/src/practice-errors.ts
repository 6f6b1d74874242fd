import { defineErrors } from './define-errors.ts';

/** Refusals of practice. */
export const practiceErrors = defineErrors({
  'practice.question_gone': {
    status: 404,
    zh: '这道题刚刚更新或停用了，请练下一题。',
    en: 'This question was changed or taken out of use. Go on with the next one.',
  },
  'practice.answered_elsewhere': {
    status: 409,
    zh: '您已在别处答过这道题，请练下一题。',
    en: 'You answered this question elsewhere. Go on with the next one.',
  },
  'practice.answer_does_not_fit': {
    status: 422,
    zh: '这个答案和题型不符，请重新作答。',
    en: 'This question takes another kind of answer. Answer it again.',
  },
});
