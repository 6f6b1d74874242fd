import type { Certainty, StudyLimits } from '@antu/domain';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** How a number is read out: a span of time, or a count. */
export const LIMIT_UNITS: Readonly<Record<keyof StudyLimits, 'time' | 'count'>> = {
  studyHourSeconds: 'time',
  beatSeconds: 'time',
  bridgeableGapSeconds: 'time',
  maxLeadSeconds: 'time',
  idlePromptSeconds: 'time',
  idleAnswerSeconds: 'time',
  dailyCapSeconds: 'time',
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
  segmentMaxBeats: { zh: '一条证据最多含上报', en: 'Most reports in a row of evidence' },
  segmentMaxSeconds: { zh: '一条证据最长时间', en: 'Longest row of evidence' },
};

export const CERTAINTY_NAMES: Readonly<Record<Certainty, Words & { readonly tone: string }>> = {
  stated: { zh: '明文规定', en: 'Written in the notice', tone: 'tag--ok' },
  verified: { zh: '已核实', en: 'Verified', tone: 'tag--brand' },
  assumed: { zh: '假定', en: 'Assumed', tone: 'tag--wait' },
  unknown: { zh: '未知', en: 'Not known', tone: 'tag--stop' },
};

/** Sources as the rule sets name them, in Chinese; a test keeps the list complete. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  '1 学时 = 45 min of effective learning; usual rule, text of JT/T 1289-2020 not public':
    '1 学时为 45 分钟有效学习，通行做法；JT/T 1289-2020 全文未公开',
  'no public text; chosen for operation': '没有公开文本，由平台运行需要确定',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 30: preset not published':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 30 项，预设值未公布',
  'no cap for online theory found in a public text': '公开文本中没有网络理论学习的每日上限',
  '大纲 2016: 1 学时 = 60 min, of which 45 effective; 2022 wording not public':
    '大纲 2016：1 学时 60 分钟，其中有效 45 分钟；2022 版文字未公开',
  '大纲 2016: at most 4 classroom 学时 a day; 2022 wording not public':
    '大纲 2016：课堂教学每日不超过 4 学时；2022 版文字未公开',
};
