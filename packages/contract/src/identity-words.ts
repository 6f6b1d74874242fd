import type { IdentityProblem } from '@antu/domain';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What was found in a picture or a check, said to people who look at it later. */
export const identityFactNames: { readonly [Problem in IdentityProblem]: Words } = {
  'no-face': { zh: '没有人脸', en: 'No face' },
  'two-faces': { zh: '有两个人', en: 'Two people' },
  'too-small': { zh: '离得太远', en: 'Too far away' },
  'too-dark': { zh: '光线太暗', en: 'Too dark' },
  'too-bright': { zh: '光线太强', en: 'Too bright' },
  blurred: { zh: '画面不清楚', en: 'Blurred' },
  'not-frontal': { zh: '没有正对镜头', en: 'Not facing the camera' },
  'eyes-covered': { zh: '眼睛被挡住', en: 'Eyes covered' },
  'picture-of-picture': { zh: '像是翻拍的照片或屏幕', en: 'Looks like a picture of a picture' },
  'other-person': { zh: '与登记的照片不是同一人', en: 'Not the person who is enrolled' },
  'not-live': { zh: '没有确认到真人动作', en: 'No live movement' },
  'prompt-missed': { zh: '没有做要求的动作', en: 'Movement not made' },
  'wrong-movement': { zh: '动作与提示不一致', en: 'Another movement than asked' },
  'face-changed': { zh: '中途换了人', en: 'The person changed' },
  'too-slow': { zh: '超过了时间', en: 'Out of time' },
  replayed: { zh: '画面重复，像是播放的录像', en: 'Repeats like a recording' },
  unreadable: { zh: '照片没有传好', en: 'The picture did not arrive well' },
  'not-enrolled': { zh: '没有登记照片', en: 'No photo enrolled' },
  'provider-away': { zh: '核验服务连不上', en: 'The checking service was away' },
};

/** How a picture taken silently between the checks compares with the enrolled one. */
export const snapshotFindingNames = {
  match: { zh: '是本人', en: 'The same person' },
  'other-person': { zh: '不是本人', en: 'Another person' },
  'no-face': { zh: '没有人脸', en: 'No face' },
  'two-faces': { zh: '有两个人', en: 'Two people' },
  unjudged: { zh: '还没有比对', en: 'Not compared yet' },
  missing: { zh: '没有收到照片', en: 'No picture arrived' },
} as const satisfies Readonly<Record<string, Words>>;

/** How a check ended. */
export const checkOutcomeNames = {
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Failed' },
  pending: { zh: '等待复核', en: 'Waiting for review' },
  missed: { zh: '没有按时验证', en: 'Not answered in time' },
} as const satisfies Readonly<Record<string, Words>>;

/** Why a check was asked in a session of study. */
export const checkKindNames = {
  start: { zh: '开始核验', en: 'Check at the start' },
  random: { zh: '随机核验', en: 'Random check' },
  'sign-in': { zh: '登录核验', en: 'Sign-in check' },
} as const satisfies Readonly<Record<string, Words>>;

/** How a check was answered. */
export const checkMethodNames = {
  face: { zh: '人脸动作', en: 'Face and movements' },
  'on-site': { zh: '现场验证码', en: 'Code on site' },
  review: { zh: '两人复核照片', en: 'Review by two people' },
} as const satisfies Readonly<Record<string, Words>>;

/** What a check was for. */
export const checkPurposeNames = {
  study: { zh: '学习', en: 'Study' },
  'sign-in': { zh: '登录', en: 'Sign-in' },
  exam: { zh: '考试', en: 'Test' },
} as const satisfies Readonly<Record<string, Words>>;
