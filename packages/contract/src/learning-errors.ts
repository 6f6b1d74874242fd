import { defineErrors } from './define-errors.ts';

/** Refusals of study sessions, hours and records. */
export const learningErrors = defineErrors({
  'study.lesson_not_found': { status: 404, zh: '没有找到这一课。', en: 'This lesson was not found.' },
  'study.lesson_not_ready': {
    status: 409,
    zh: '这一课的内容还没有准备好，请稍后再来。',
    en: 'The content of this lesson is not ready yet. Come back later.',
  },
  'study.not_open_to_you': {
    status: 403,
    zh: '这门课程没有安排给您，也没有公开。请联系您的单位。',
    en: 'This course is neither assigned to you nor open to everybody. Ask your company.',
  },
  'study.other_version_started': {
    status: 409,
    zh: '您学习的是这门课程的另一个版本，请从课程页继续。',
    en: 'You started another version of this course. Go on from the course page.',
  },
  'study.no_person': {
    status: 403,
    zh: '这个账号没有对应的学员，不能学习。',
    en: 'This account belongs to no learner, so it cannot study.',
  },
  'study.media_not_found': { status: 404, zh: '没有找到这个视频。', en: 'This video was not found.' },
  'study.media_session_over': {
    status: 410,
    zh: '这次学习已经结束，请重新打开这一课。',
    en: 'This study session is over. Open the lesson again.',
  },
  'study.session_not_found': { status: 404, zh: '没有找到这次学习。', en: 'This study session was not found.' },
  'study.too_many_sessions': {
    status: 429,
    zh: '打开课程过于频繁，请 {waitMinutes} 分钟后再试。',
    en: 'Lessons were opened too often. Try again in {waitMinutes} minutes.',
  },
});
