import type { Certainty, ExamLimits, FaceProviderName, QuizLimits, StudyLimits } from '@antu/domain';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** How a value is read out: a span of time, a number of something, yes or no, or a choice with words of its own. */
export type RuleUnit = 'time' | 'count' | 'days' | 'people' | 'percent' | 'pixels' | 'number' | 'yes' | 'choice';
export const LIMIT_UNITS: Readonly<Record<keyof StudyLimits, RuleUnit>> = {
  studyHourSeconds: 'time',
  beatSeconds: 'time',
  bridgeableGapSeconds: 'time',
  maxLeadSeconds: 'time',
  idlePromptSeconds: 'time',
  idleAnswerSeconds: 'time',
  dailyCapSeconds: 'time',
  identityAtSignIn: 'yes',
  identityAtStart: 'yes',
  identityFreshSeconds: 'time',
  identityGapSeconds: 'time',
  identityAnswerSeconds: 'time',
  identityTries: 'count',
  identityTakesBack: 'choice',
  snapshotGapSeconds: 'time',
  mediaDelivery: 'yes',
  segmentMaxBeats: 'count',
  segmentMaxSeconds: 'time',
};

export const LIMIT_NAMES: Readonly<Record<keyof StudyLimits, Words>> = {
  studyHourSeconds: { zh: '1 学时的长度', en: 'Length of one study hour' },
  beatSeconds: { zh: '播放器上报间隔', en: 'How often the player reports' },
  bridgeableGapSeconds: { zh: '断网可补传的最长时间', en: 'Longest gap that may be bridged' },
  maxLeadSeconds: { zh: '画面可领先服务器时钟', en: 'How far the picture may lead the clock' },
  idlePromptSeconds: { zh: '多久无操作即询问', en: 'Time without a sign before asking' },
  idleAnswerSeconds: { zh: '询问后等待回应', en: 'Time to answer' },
  dailyCapSeconds: { zh: '每日计时上限', en: 'Most time credited a day' },
  identityAtSignIn: { zh: '登录后先核验身份', en: 'Identity check after sign-in' },
  identityAtStart: { zh: '每次学习先核验身份', en: 'Identity check at the start of a session' },
  identityFreshSeconds: { zh: '登录核验多久内可代替开始核验', en: 'How long a sign-in check stands for the start' },
  identityGapSeconds: { zh: '两次身份核验最长相隔（按观看时间）', en: 'Longest viewing between two identity checks' },
  identityAnswerSeconds: { zh: '完成一次身份核验的时间', en: 'Time to pass an identity check' },
  identityTries: { zh: '一次身份核验可尝试', en: 'Tries of an identity check' },
  identityTakesBack: { zh: '核验未通过时不计', en: 'What a failed check takes back' },
  snapshotGapSeconds: { zh: '两次抓拍最长相隔（按观看时间）', en: 'Longest viewing between two snapshots' },
  mediaDelivery: { zh: '只计真正送达的画面', en: 'Only delivered media counts' },
  segmentMaxBeats: { zh: '一条证据最多含上报', en: 'Most reports in a row of evidence' },
  segmentMaxSeconds: { zh: '一条证据最长时间', en: 'Longest row of evidence' },
};

/** Limits of which null means that the thing is not asked for at all, not that there is no limit. */
export const NOT_ASKED_FOR: ReadonlySet<string> = new Set<keyof StudyLimits | keyof ExamLimits | keyof QuizLimits>([
  'identityGapSeconds',
  'snapshotGapSeconds',
  'minutesPerQuestion',
  'questions',
  'judgementQuestions',
  'singleQuestions',
]);

/** Who decides about faces. */
export const PROVIDER_NAMES: Readonly<Record<FaceProviderName, Words>> = {
  builtin: { zh: '本机内置', en: 'Built in' },
  http: { zh: '外部核验服务', en: 'Outside service' },
  refuse: { zh: '不做人脸核验', en: 'No face checks' },
};

/** Values that are choices, in words. */
type Choice =
  | StudyLimits['identityTakesBack']
  | FaceProviderName
  | ExamLimits['multipleScoring']
  | ExamLimits['itemReview']
  | ExamLimits['codesFrom']
  | QuizLimits['afterLastAttempt'];
export const CHOICE_NAMES: Readonly<Record<Choice, Words>> = {
  'since-last-check': { zh: '上次通过之后的部分', en: 'What was viewed since the last passed check' },
  'whole-session': { zh: '整次学习', en: 'All of the session' },
  'all-or-nothing': { zh: '全对才得分', en: 'All of them or nothing' },
  'study-again': { zh: '等待的时长不计入，重新学习后再测', en: 'What waited is refused; study again and try again' },
  'half-for-some': { zh: '少选得一半', en: 'Half for some of them' },
  all: { zh: '题目、答案和解析', en: 'Questions, answers and explanations' },
  points: { zh: '只看得分', en: 'Points only' },
  invigilators: { zh: '仅主办方监考人员', en: 'Invigilators of the organiser only' },
  anybody: { zh: '有权发码的人员', en: 'Whoever may give codes' },
  none: { zh: '只看是否合格', en: 'Passed or not, nothing else' },
  ...PROVIDER_NAMES,
};

export const CERTAINTY_NAMES: Readonly<Record<Certainty, Words & { readonly tone: string }>> = {
  stated: { zh: '明文规定', en: 'Written in the notice', tone: 'tag--ok' },
  verified: { zh: '已核实', en: 'Verified', tone: 'tag--brand' },
  assumed: { zh: '假定', en: 'Assumed', tone: 'tag--wait' },
  unknown: { zh: '未知', en: 'Not known', tone: 'tag--stop' },
};
