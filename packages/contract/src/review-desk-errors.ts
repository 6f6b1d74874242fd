import { defineErrors } from './define-errors.ts';

/** Refusals of the review desk and of appeals. */
export const reviewDeskErrors = defineErrors({
  'review.case_not_found': { status: 404, zh: '没有找到这条核查。', en: 'This case was not found.' },
  'review.case_decided': {
    status: 409,
    zh: '这条核查已经有了结论。学员申诉后可以再作决定。',
    en: 'This case is decided. It can be decided again after an appeal.',
  },
  'review.session_running': {
    status: 409,
    zh: '这次学习还没有结束，请在结束后办理。',
    en: 'The session still runs. Come back when it is over.',
  },
  'review.nothing_to_void': {
    status: 422,
    zh: '所选的时段没有已计入的时长。',
    en: 'Nothing of the chosen stretch counts now.',
  },
  'review.lesson_running': {
    status: 409,
    zh: '学员正在学习这一课节，请等这次学习结束后再恢复时长。',
    en: 'The learner is studying this lesson now. Give the hours back when that session is over.',
  },
  'review.nothing_to_restore': {
    status: 422,
    zh: '这次学习没有可以恢复的时长。作废的部分可能已重新学完，请说明理由后驳回。',
    en: 'Nothing of this session can be given back. What was voided may have been studied again; reject and say so.',
  },
  'review.own_staff': {
    status: 403,
    zh: '学员受雇于贵单位，须由监管部门处理。',
    en: 'The learner works for your organisation. The authority has to decide.',
  },
  'review.appeal_not_found': { status: 404, zh: '没有找到这条申诉。', en: 'This appeal was not found.' },
  'review.appeal_open': {
    status: 409,
    zh: '这次学习已有一条申诉在处理，请等待答复。',
    en: 'An appeal about this session is open. Wait for the answer.',
  },
  'review.appeal_answered': { status: 409, zh: '这条申诉已经答复。', en: 'This appeal has been answered.' },
  'review.own_decision': {
    status: 403,
    zh: '申诉须由另一位人员答复，作出原决定的人不能答复。',
    en: 'Another person has to answer: you took the decision that is appealed.',
  },
});
