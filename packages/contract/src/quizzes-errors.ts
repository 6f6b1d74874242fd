import { defineErrors } from './define-errors.ts';

/** Refusals of lesson quizzes. */
export const quizErrors = defineErrors({
  'quizzes.none': { status: 404, zh: '这节课没有随堂测验。', en: 'This lesson has no quiz.' },
  'quizzes.study_first': {
    status: 409,
    zh: '看完这节课才能做测验，还差 {leftSeconds} 秒。',
    en: 'View the lesson to its end first: {leftSeconds} s are left.',
  },
  'quizzes.study_again': {
    status: 409,
    zh: '测验机会已用完，没有合格。请重新学习这节课，学完后可以再测。',
    en: 'All attempts are used and none was passed. Study the lesson again, then there are new attempts.',
  },
  'quizzes.passed': { status: 409, zh: '您已通过这节课的测验。', en: 'You have passed the quiz of this lesson.' },
  'quizzes.not_needed': {
    status: 409,
    zh: '这节课的时长已经计入，不需要再测验。',
    en: 'The hours of this lesson count already; no quiz is needed.',
  },
  'quizzes.questions_missing': {
    status: 409,
    zh: '题库里的题不够，暂时不能测验。您已看完的部分会一直保留，请联系培训机构。',
    en: 'The bank has too few questions at the moment. What you viewed is kept. Tell your training body.',
  },
  'quizzes.attempt_not_found': { status: 404, zh: '没有找到这次测验。', en: 'No such attempt.' },
  'quizzes.over': { status: 409, zh: '这次测验已结束。', en: 'This attempt is over.' },
  'quizzes.answered_otherwise': {
    status: 409,
    zh: '这道题已经答过，答案不能再改。',
    en: 'This question was answered already; the answer stays.',
  },
  'quizzes.answer_does_not_fit': {
    status: 422,
    zh: '这个答案和题型不符，请重新作答。',
    en: 'This question takes another kind of answer. Answer it again.',
  },
  'quizzes.bank_not_yours': {
    status: 422,
    zh: '没有找到这个题库，或它不属于本单位、不是这类培训的。',
    en: 'No such bank of your organisation for this kind of training.',
  },
  'quizzes.topic_foreign': {
    status: 422,
    zh: '所选主题不属于本课程的大纲。',
    en: 'A topic is not of the syllabus of this course.',
  },
});
