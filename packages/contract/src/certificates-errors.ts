import { defineErrors } from './define-errors.ts';

/** Refusals of training certificates. */
export const certificateErrors = defineErrors({
  'certificates.not_found': { status: 404, zh: '没有找到这份培训证明。', en: 'Certificate not found.' },
  'certificates.not_assigned': {
    status: 404,
    zh: '没有给这名学员安排这门课程。',
    en: 'The course is not assigned to this learner.',
  },
  'certificates.unmet': { status: 409, zh: '还不能出具证明：{summary}', en: 'Not yet: {summaryEn}' },
  'certificates.no_rules': {
    status: 422,
    zh: '这类培训在本地还没有出具证明的规定。',
    en: 'No rules for certificates of this training are in force here.',
  },
  'certificates.not_in_force': {
    status: 409,
    zh: '这份证明已被替换或撤销，不能再这样处理。',
    en: 'The certificate was replaced or revoked: this can no longer be done.',
  },
  'certificates.being_recorded': {
    status: 409,
    zh: '证明正在记入公开日志，请稍候几秒再下载。',
    en: 'The certificate is being recorded in the public log: try again in a few seconds.',
  },
});
