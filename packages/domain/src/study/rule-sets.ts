import type { Limit, RefusalReason, StudyLimits } from './limits.ts';

/** Which training law applies. A scheme fixes rule sets, syllabi, privacy and roles. */
export const schemeCodes = ['road-transport', 'work-safety', 'driver-licence'] as const;
export type SchemeCode = (typeof schemeCodes)[number];

/** Where a refusal is written down, in words for the learner and the inspector. */
export interface Clause {
  readonly source: string;
  readonly item: string;
  readonly zh: string;
  readonly en: string;
}

/** The numbers of one scheme, region and time. Stored decisions name `id`; a change is a new row, never an edit. */
export interface StudyRuleSet {
  readonly id: string;
  readonly scheme: SchemeCode;
  /** GB/T 2260 prefix (`44` Guangdong); empty = everywhere. */
  readonly regionPrefix: string;
  /** First China day on which it applies, YYYY-MM-DD. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof StudyLimits]: Limit<StudyLimits[Name]> };
}

const INSPECTION_TABLE = '广东省应急管理厅 安全生产网络培训平台检查表 (39 项)';
const OPERATION = 'no public text; chosen for operation';
const JTT_1289 = 'JT/T 1289-2020: text not public; the province may put the numbers of work-safety here';

const stated = <Value>(value: Value, source: string): Limit<Value> => ({ value, certainty: 'stated', source });
const assumed = <Value>(value: Value, source: string): Limit<Value> => ({ value, certainty: 'assumed', source });
const unknown = <Value>(value: Value, source: string): Limit<Value> => ({ value, certainty: 'unknown', source });

const common: StudyRuleSet['limits'] = {
  studyHourSeconds: assumed(
    45 * 60,
    '1 学时 = 45 min of effective learning; usual rule, text of JT/T 1289-2020 not public',
  ),
  beatSeconds: assumed(20, OPERATION),
  bridgeableGapSeconds: unknown(120, `${INSPECTION_TABLE} 30: preset not published`),
  maxLeadSeconds: assumed(20, OPERATION),
  idlePromptSeconds: unknown(600, `${INSPECTION_TABLE} 30: preset not published`),
  idleAnswerSeconds: unknown(60, `${INSPECTION_TABLE} 30: preset not published`),
  dailyCapSeconds: unknown(null, 'no cap for online theory found in a public text'),
  segmentMaxBeats: assumed(120, OPERATION),
  identityAtSignIn: unknown(false, JTT_1289),
  identityAtStart: unknown(false, JTT_1289),
  identityFreshSeconds: assumed(600, OPERATION),
  identityGapSeconds: unknown(null, JTT_1289),
  identityAnswerSeconds: unknown(120, `${INSPECTION_TABLE} 30: preset time not published`),
  identityTries: unknown(3, `${INSPECTION_TABLE} 30: preset number of tries not published`),
  identityTakesBack: assumed('since-last-check', `${INSPECTION_TABLE} 30: what is lost is not said`),
  snapshotGapSeconds: unknown(null, JTT_1289),
  mediaDelivery: assumed(false, OPERATION),
  // A segment costs a row of evidence and one of the ledger: half an hour keeps an hour of study below 4 KiB.
  segmentMaxSeconds: assumed(1800, OPERATION),
};

const NOT_YET = 'checks of identity began here on 2026-11-25';
/** What the notice asks for and this platform did not do yet. */
const withoutIdentity: StudyRuleSet['limits'] = {
  ...common,
  identityAtSignIn: assumed(false, NOT_YET),
  identityAtStart: assumed(false, NOT_YET),
  identityGapSeconds: assumed(null, NOT_YET),
  snapshotGapSeconds: assumed(null, NOT_YET),
  mediaDelivery: assumed(false, NOT_YET),
};

/** Identity over the whole of study (items 10, 11, 30, 38) and presence of the media. */
const identified: StudyRuleSet['limits'] = {
  ...common,
  identityAtSignIn: stated(true, `${INSPECTION_TABLE} 10: 学员登录时应能对其进行身份验证`),
  identityAtStart: assumed(true, `${INSPECTION_TABLE} 11: 培训及测试全流程覆盖`),
  identityGapSeconds: stated(15 * 60, `${INSPECTION_TABLE} 10: 每两次验证间隔时间不超过15min`),
  snapshotGapSeconds: assumed(30 * 60, `${INSPECTION_TABLE} 38: 学习过程抓拍图像, how often is not said`),
  mediaDelivery: assumed(true, `${INSPECTION_TABLE} 11: 防代学防挂机`),
};

export const studyRuleSets: readonly StudyRuleSet[] = [
  {
    id: 'work-safety.study.2022-07-01',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2022-07-01',
    limits: withoutIdentity,
  },
  {
    // The day on which checks of identity began here; sessions before it keep the set above.
    id: 'work-safety.study.2026-11-25',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2026-11-25',
    limits: identified,
  },
  {
    id: 'road-transport.study.2020-04-01',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2020-04-01',
    limits: common,
  },
  {
    id: 'driver-licence.study.2022-04-01',
    scheme: 'driver-licence',
    regionPrefix: '',
    validFrom: '2022-04-01',
    limits: {
      ...common,
      studyHourSeconds: stated(60 * 60, '大纲 2016: 1 学时 = 60 min, of which 45 effective; 2022 wording not public'),
      dailyCapSeconds: unknown(4 * 60 * 60, '大纲 2016: at most 4 classroom 学时 a day; 2022 wording not public'),
    },
  },
];

/** The rule set in force, most specific region first, then the youngest; throws RangeError if none is. */
export function findStudyRuleSet(
  scheme: SchemeCode,
  regionCode: string,
  day: string,
  table: readonly StudyRuleSet[] = studyRuleSets,
): StudyRuleSet {
  const best = table
    .filter((one) => one.scheme === scheme && regionCode.startsWith(one.regionPrefix) && one.validFrom <= day)
    .sort((a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom))[0];
  if (!best) throw new RangeError(`no study rule set for ${scheme} in ${regionCode} on ${day}`);
  return best;
}

/** A rule set by the name that a stored decision carries; throws RangeError for a name that never existed. */
export function getStudyRuleSet(id: string, table: readonly StudyRuleSet[] = studyRuleSets): StudyRuleSet {
  const found = table.find((one) => one.id === id);
  if (!found) throw new RangeError(`no study rule set ${id}`);
  return found;
}

/** The bare numbers of a rule set. */
export function limitsOf(ruleSet: StudyRuleSet): StudyLimits {
  const { limits } = ruleSet;
  return {
    studyHourSeconds: limits.studyHourSeconds.value,
    beatSeconds: limits.beatSeconds.value,
    bridgeableGapSeconds: limits.bridgeableGapSeconds.value,
    maxLeadSeconds: limits.maxLeadSeconds.value,
    idlePromptSeconds: limits.idlePromptSeconds.value,
    idleAnswerSeconds: limits.idleAnswerSeconds.value,
    dailyCapSeconds: limits.dailyCapSeconds.value,
    identityAtSignIn: limits.identityAtSignIn.value,
    identityAtStart: limits.identityAtStart.value,
    identityFreshSeconds: limits.identityFreshSeconds.value,
    identityGapSeconds: limits.identityGapSeconds.value,
    identityAnswerSeconds: limits.identityAnswerSeconds.value,
    identityTries: limits.identityTries.value,
    identityTakesBack: limits.identityTakesBack.value,
    snapshotGapSeconds: limits.snapshotGapSeconds.value,
    mediaDelivery: limits.mediaDelivery.value,
    segmentMaxBeats: limits.segmentMaxBeats.value,
    segmentMaxSeconds: limits.segmentMaxSeconds.value,
  };
}

/** The clause shown beside each kind of refused stretch. */
export const refusalClauses: { readonly [Reason in RefusalReason]: Clause } = {
  'seek-ahead': {
    source: INSPECTION_TABLE,
    item: '18',
    zh: '首次观看不能拖到未看的地方，只记实际看过的时间',
    en: 'No jumping ahead on first view; only time really viewed counts',
  },
  'too-fast': {
    source: INSPECTION_TABLE,
    item: '18',
    zh: '播放快于实际时间，以服务器时钟为准',
    en: 'Playback ran faster than the clock; the server clock decides',
  },
  'network-gap': {
    source: INSPECTION_TABLE,
    item: '18',
    zh: '断网超过规定时长，这一段无法确认',
    en: 'The network was gone longer than allowed; this stretch cannot be confirmed',
  },
  'no-presence': {
    source: INSPECTION_TABLE,
    item: '30',
    zh: '询问后没有回应，已自动签退，未完成的部分不计',
    en: 'No answer to the presence question; signed out, the unfinished part is not counted',
  },
  'daily-cap': {
    source: '机动车驾驶培训教学与考试大纲',
    item: '每日学时上限',
    zh: '已达到当天可计学时的上限',
    en: 'The daily limit of countable time is reached',
  },
  'identity-unconfirmed': {
    source: INSPECTION_TABLE,
    item: '30',
    zh: '未在规定时间和次数内通过身份验证，已自动签退，上次通过之后的部分不计',
    en: 'Identity was not confirmed in time; signed out, what came after the last passed check is not counted',
  },
  'identity-awaiting': {
    source: '人脸识别技术应用安全管理办法',
    item: '不得将人脸识别作为唯一验证方式',
    zh: '以其他方式验证身份，等两位工作人员核对后再计入',
    en: 'Identity is shown another way; counted once two people have compared',
  },
  'quiz-awaiting': {
    source: INSPECTION_TABLE,
    item: '32',
    zh: '已看完的部分等随堂测验合格后计入',
    en: 'What was viewed counts once the quiz of the lesson is passed',
  },
  'media-missing': {
    source: INSPECTION_TABLE,
    item: '11',
    zh: '这一段视频没有真正发送到您的设备，不能计时',
    en: 'This part of the video was never sent to your device and cannot count',
  },
  'other-scheme-overlap': {
    source: INSPECTION_TABLE,
    item: '11',
    zh: '同一时间已在另一项培训中计时',
    en: 'The same time is already counted in another training',
  },
};
