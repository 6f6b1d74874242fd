import { defineErrors } from './define-errors.ts';

/** Refusals of consent, enrolment and identity checks. */
export const identityErrors = defineErrors({
  'identity.no_consent': {
    status: 409,
    zh: '本人还没有同意人脸核验，请先由本人在“我的”中同意。',
    en: 'The learner has not agreed to face checks yet.',
  },
  'identity.old_notice': {
    status: 409,
    zh: '告知书已更新，请重新阅读后再同意。',
    en: 'The notice has changed. Read it again before you agree.',
  },
  'identity.not_enrolled': {
    status: 409,
    zh: '还没有可用的登记照片。请先登记照片，或换其他方式。',
    en: 'No photo is enrolled. Enrol one first or use another way.',
  },
  'identity.sign_in_check_needed': {
    status: 403,
    zh: '学习这门课程前，需要先验证是您本人登录。',
    en: 'Before studying this course, confirm that it is you who signed in.',
  },
  'identity.challenge_not_found': {
    status: 404,
    zh: '这次验证已失效，请重新开始。',
    en: 'This check is no longer valid. Start again.',
  },
  'identity.challenge_used': {
    status: 409,
    zh: '这次验证已经用过，请重新开始。',
    en: 'This check has been used already. Start again.',
  },
  'identity.wrong_step': { status: 409, zh: '步骤不对，请重新开始验证。', en: 'Wrong step. Start the check again.' },
  'identity.too_many_checks': {
    status: 429,
    zh: '验证次数过多，请 {waitMinutes} 分钟后再试。',
    en: 'Too many checks. Try again in {waitMinutes} minutes.',
  },
  'identity.wrong_code': {
    status: 422,
    zh: '验证码不对或已过期，请向现场人员要一个新的。',
    en: 'The code is wrong or too old. Ask the supervisor for a new one.',
  },
  'identity.picture_gone': {
    status: 410,
    zh: '照片已按规定期限删除。',
    en: 'The picture was deleted when its time was over.',
  },
  'identity.picture_not_found': { status: 404, zh: '没有找到这张照片。', en: 'This picture was not found.' },
  'identity.review_not_found': { status: 404, zh: '没有找到这条复核。', en: 'This review was not found.' },
  'identity.review_voted': {
    status: 409,
    zh: '您已经表过态，需要另一位人员复核。',
    en: 'You have voted already. Another person has to.',
  },
  'identity.review_closed': { status: 409, zh: '这条复核已经结束。', en: 'This review is closed.' },
  'identity.reason_missing': { status: 422, zh: '不通过时请写明理由。', en: 'Give a reason when you refuse.' },
  'identity.picture_changed': {
    status: 409,
    zh: '照片已经更换，请重新查看后再确认。',
    en: 'The photo has changed. Look at the new one first.',
  },
  'identity.already_enrolled': {
    status: 409,
    zh: '已有登记照片。如需更换，请联系单位或培训机构。',
    en: 'A photo is enrolled already. Ask your company or training body to replace it.',
  },
  'identity.nobody_to_review': {
    status: 409,
    zh: '您不在任何单位的名册中，没有人可以复核。请联系培训机构。',
    en: 'You are on no roster, so nobody can review this. Contact your training body.',
  },
  'identity.nothing_to_confirm': { status: 409, zh: '没有等待确认的照片。', en: 'There is no photo waiting.' },
});
