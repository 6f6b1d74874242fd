import type { CheckLimits } from '@antu/domain';
import type { RuleUnit, Words } from './rule-words.ts';

export const CHECK_LIMIT_UNITS: Readonly<Record<keyof CheckLimits, RuleUnit>> = {
  promptsPerCheck: 'count',
  framesPerStep: 'count',
  stepSeconds: 'time',
  transferSeconds: 'time',
  challengeSeconds: 'time',
  judgeSeconds: 'time',
  mostChecks: 'count',
  checksWindowSeconds: 'time',
  replayDays: 'days',
  codeSeconds: 'time',
  codeTries: 'count',
  reviewVotes: 'people',
  fileFromFaces: 'people',
  warnFromPercent: 'percent',
};

export const CHECK_LIMIT_NAMES: Readonly<Record<keyof CheckLimits, Words>> = {
  promptsPerCheck: { zh: '一次核验要做的动作', en: 'Movements asked for in a check' },
  framesPerStep: { zh: '每个动作拍照', en: 'Pictures of each movement' },
  stepSeconds: { zh: '做一个动作的时间', en: 'Time for a movement' },
  transferSeconds: { zh: '另给网络传输的时间', en: 'Time added for a slow network' },
  challengeSeconds: { zh: '一次核验最长持续', en: 'Longest time of a check' },
  judgeSeconds: { zh: '等待核验服务回答', en: 'Wait for the checking service' },
  mostChecks: { zh: '一段时间内最多开始核验', en: 'Most checks begun within a window' },
  checksWindowSeconds: { zh: '“一段时间”的长度', en: 'Length of that window' },
  replayDays: { zh: '识别重复照片的期限', en: 'How long a repeated picture is recognised' },
  codeSeconds: { zh: '现场验证码有效', en: 'Life of a code on site' },
  codeTries: { zh: '现场验证码可试', en: 'Tries of a code on site' },
  reviewVotes: { zh: '照片复核须同意', en: 'People who must agree in a review' },
  fileFromFaces: { zh: '存储人脸达到即须备案', en: 'Stored faces from which filing is due' },
  warnFromPercent: { zh: '达到备案数的多少即提醒', en: 'Share of it that warns' },
};
