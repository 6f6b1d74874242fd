import type { ExamLimits, PracticeLimits, QuizLimits } from '@antu/domain';
import type { RuleUnit, Words } from './rule-words.ts';

export const EXAM_LIMIT_UNITS: Readonly<Record<keyof ExamLimits, RuleUnit>> = {
  durationSeconds: 'time',
  totalPoints: 'number',
  passPoints: 'number',
  questions: 'number',
  judgementQuestions: 'number',
  singleQuestions: 'number',
  multipleScoring: 'choice',
  mostAttempts: 'count',
  voidedCounts: 'yes',
  resitWaitDays: 'days',
  firstMonth: 'number',
  lastMonth: 'number',
  pledge: 'yes',
  identityAtStart: 'yes',
  codesFrom: 'choice',
  identityFreshSeconds: 'time',
  snapshotGapSeconds: 'time',
  snapshotWaitSeconds: 'time',
  mostLeaves: 'count',
  bookingEndsSeconds: 'time',
  freezeSeconds: 'time',
  lateGraceSeconds: 'time',
  appealDays: 'days',
  itemReview: 'choice',
};

export const EXAM_LIMIT_NAMES: Readonly<Record<keyof ExamLimits, Words>> = {
  durationSeconds: { zh: '考试时间', en: 'Length of the exam' },
  totalPoints: { zh: '满分', en: 'Points in all' },
  passPoints: { zh: '合格分', en: 'Points to pass' },
  questions: { zh: '题目数', en: 'Questions' },
  judgementQuestions: { zh: '其中判断题', en: 'True or false among them' },
  singleQuestions: { zh: '其中单选题', en: 'Single choice among them' },
  multipleScoring: { zh: '多选题计分', en: 'Marking of several right options' },
  mostAttempts: { zh: '一人最多参加', en: 'Most attempts of a person' },
  voidedCounts: { zh: '作废的考试算一次', en: 'A void sitting is an attempt' },
  resitWaitDays: { zh: '补考至少间隔', en: 'Wait before a resit' },
  firstMonth: { zh: '每年从几月起', en: 'First month of the year' },
  lastMonth: { zh: '每年到几月止', en: 'Last month of the year' },
  pledge: { zh: '开考前签安全承诺', en: 'Pledge before the start' },
  identityAtStart: { zh: '开考前核验身份', en: 'Identity check before the start' },
  codesFrom: { zh: '谁的现场码可代替核验', en: 'Whose code on site stands for a check' },
  identityFreshSeconds: { zh: '核验后多久内须开考', en: 'A check opens the start for' },
  snapshotGapSeconds: { zh: '两次抓拍最长相隔', en: 'Longest time between two snapshots' },
  snapshotWaitSeconds: { zh: '抓拍多久未到提醒监考', en: 'A snapshot is missing after' },
  mostLeaves: { zh: '离开页面几次提醒监考', en: 'Leaves of the page before the invigilator is told' },
  bookingEndsSeconds: { zh: '开考前多久截止报名', en: 'Booking ends before the start' },
  freezeSeconds: { zh: '开考前多久抽好试卷', en: 'Papers are drawn before the start' },
  lateGraceSeconds: { zh: '按时作答、晚到可收', en: 'Answers in time may arrive late by' },
  appealDays: { zh: '出分后可申诉', en: 'Days to appeal' },
  itemReview: { zh: '考后可看', en: 'Shown after the exam' },
};

export const QUIZ_LIMIT_UNITS: Readonly<Record<keyof QuizLimits, RuleUnit>> = {
  required: 'yes',
  minutesPerQuestion: 'number',
  secondsPerQuestion: 'time',
  attempts: 'count',
  passPercent: 'percent',
  identityFreshSeconds: 'time',
  wholeLessonFirst: 'yes',
  afterLastAttempt: 'choice',
};

export const QUIZ_LIMIT_NAMES: Readonly<Record<keyof QuizLimits, Words>> = {
  required: { zh: '每节课必须有随堂测验', en: 'Each lesson needs a quiz' },
  minutesPerQuestion: { zh: '每多少分钟不少于 1 题', en: 'Minutes of a lesson for each question' },
  secondsPerQuestion: { zh: '每题作答时间', en: 'Time to answer a question' },
  attempts: { zh: '测验机会', en: 'Attempts' },
  passPercent: { zh: '合格得分', en: 'Share of the points to pass' },
  identityFreshSeconds: { zh: '身份核验后多久内可开始测验', en: 'A check opens a quiz for' },
  wholeLessonFirst: { zh: '看完整节课才能测验', en: 'The whole lesson comes before the quiz' },
  afterLastAttempt: { zh: '机会用完仍未合格', en: 'After the last failed attempt' },
};

export const PRACTICE_LIMIT_UNITS: Readonly<Record<keyof PracticeLimits, RuleUnit>> = {
  rightsToLeaveBook: 'count',
  latestAnswers: 'number',
  leastAnswers: 'number',
  weakBelowPercent: 'percent',
};

export const PRACTICE_LIMIT_NAMES: Readonly<Record<keyof PracticeLimits, Words>> = {
  rightsToLeaveBook: { zh: '连续答对几次移出错题本', en: 'Right answers in a row that clear a mistake' },
  latestAnswers: { zh: '掌握程度看最近几题', en: 'Latest answers of a topic that count' },
  leastAnswers: { zh: '至少答几题才给出掌握程度', en: 'Fewest answers before a topic is judged' },
  weakBelowPercent: { zh: '正确率低于多少算薄弱', en: 'A topic is weak below' },
};
