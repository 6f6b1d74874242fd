import { defineErrors } from './define-errors.ts';

/** Refusals of plans, exams and sittings. */
export const examErrors = defineErrors({
  'exams.plan_not_found': { status: 404, zh: '没有找到这个组卷方案。', en: 'Paper plan not found.' },
  'exams.plan_short': {
    status: 422,
    zh: '题库里的题不够组成试卷：{summary}',
    en: 'The bank has too few questions for this paper: {summaryEn}',
  },
  'exams.rule_set_unknown': {
    status: 422,
    zh: '这种考试的规定在考试当天不适用于本地。',
    en: 'The rules chosen are not in force here on the day of the exam.',
  },
  'exams.span_bad': {
    status: 422,
    zh: '请选择起止月份，最多 {most} 个月。',
    en: 'Choose a span of at most {most} months.',
  },
  'exams.not_found': { status: 404, zh: '没有找到这场考试。', en: 'Exam not found.' },
  'exams.bad_cursor': {
    status: 400,
    zh: '翻页位置无效，请重新查询。',
    en: 'The page position is not valid. Search again.',
  },
  'exams.window_bad': {
    status: 422,
    zh: '考试时间不对：{why}',
    en: 'The time of the exam does not fit: {whyEn}',
  },
  'exams.not_possible': {
    status: 409,
    zh: '这场考试目前的状态不允许此操作，请刷新后查看。',
    en: 'The exam is not in a state for this. Reload and look again.',
  },
  'exams.not_eligible': {
    status: 409,
    zh: '还不能报名：{summary}',
    en: 'You cannot book yet: {summaryEn}',
  },
  'exams.booking_not_found': { status: 404, zh: '您没有报名这场考试。', en: 'You have not booked this exam.' },
  'exams.booking_closed': {
    status: 409,
    zh: '报名和取消已经截止。',
    en: 'Booking and cancelling have ended.',
  },
  'exams.sitting_not_found': { status: 404, zh: '没有找到这份试卷。', en: 'There is no such paper of yours.' },
  'exams.not_yet': { status: 409, zh: '还没有到开考时间。', en: 'The exam has not begun yet.' },
  'exams.window_closed': {
    status: 409,
    zh: '考试时间已过，不能再开始。',
    en: 'The time of the exam is over; it cannot be begun any more.',
  },
  'exams.identity_needed': {
    status: 409,
    zh: '开考前要先确认是您本人。',
    en: 'Before the start it has to be confirmed that it is you.',
  },
  'exams.quiz_identity_needed': {
    status: 409,
    zh: '测验前要先确认是您本人。',
    en: 'Before the quiz it has to be confirmed that it is you.',
  },
  'exams.no_check_needed': {
    status: 409,
    zh: '这场考试不需要验证身份。',
    en: 'This exam asks for no identity check.',
  },
  'exams.code_not_valid': {
    status: 409,
    zh: '这场考试只认主办方监考人员的现场码。请重新核验，或请监考人员确认。',
    en: 'This exam takes codes of its own invigilators only. Do the check again, or ask the invigilator.',
  },
  'exams.pledge_needed': {
    status: 409,
    zh: '开考前要先签安全文明驾驶承诺。',
    en: 'The pledge has to be signed before the start.',
  },
  'exams.pledge_bad': { status: 422, zh: '没有收到签名，请重新签。', en: 'No signature arrived. Sign again.' },
  'exams.other_device': {
    status: 409,
    zh: '这场考试正在另一台设备上进行。',
    en: 'The exam goes on on another device.',
  },
  'exams.over': { status: 409, zh: '考试已经结束。', en: 'The exam is over.' },
  'exams.appeal_closed': {
    status: 409,
    zh: '现在不能申诉：成绩还没有出来，或申诉的时间已过。',
    en: 'No appeal is possible now: there is no result yet, or the time for it is over.',
  },
  'exams.appeal_item_unknown': { status: 422, zh: '试卷上没有这道题。', en: 'The paper has no such question.' },
  'exams.appeal_not_found': { status: 404, zh: '没有找到这条申诉。', en: 'Appeal not found.' },
  'exams.appeal_answered': { status: 409, zh: '这条申诉已经答复。', en: 'This appeal has been answered.' },
  'exams.appeal_own_work': {
    status: 403,
    zh: '这道题是您编写的，或这份试卷是您作废的，请由另一人答复。',
    en: 'You wrote this question or declared this sitting void: somebody else has to answer.',
  },
  'exams.voided': { status: 409, zh: '这份试卷已被作废。', en: 'This paper was declared void.' },
});
