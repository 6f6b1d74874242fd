import { STRETCH_REASON_NAMES } from '@antu/contract';
import type { AnomalyCode, Beat, Effect, EndReason, EvidenceRow, ReplayedRow } from '@antu/domain';
import { clockText } from './clock-text.ts';
import { type ProblemsOfVerdicts, reportWords } from './report-words.ts';

/** A fact and what it led to, in the two languages of the proof page. */
export interface EvidenceWords {
  readonly zh: string;
  readonly en: string;
  readonly effectZh: string;
  readonly effectEn: string;
  /** Something in this row was not credited for a reason of the rules. */
  readonly refused: boolean;
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

const deviceNames: Readonly<Record<string, Words>> = {
  phone: { zh: '手机', en: 'phone' },
  tablet: { zh: '平板', en: 'tablet' },
  computer: { zh: '电脑', en: 'computer' },
};

const endReasonNames: Readonly<Record<string, Words>> = {
  finished: { zh: '学完本节', en: 'lesson finished' },
  left: { zh: '离开学习', en: 'left the lesson' },
  'taken-over': { zh: '在另一台设备上打开，本次结束', en: 'opened on another device; this session ended' },
  vanished: { zh: '失去联系，自动结束', en: 'contact lost; ended automatically' },
  'no-presence': { zh: '询问后没有回应，自动签退', en: 'no answer to the question; signed out' },
  'signed-out': { zh: '退出登录', en: 'signed out' },
  'identity-failed': { zh: '身份验证未通过，自动签退', en: 'identity check failed; signed out' },
  'identity-missed': { zh: '未按时完成身份验证，自动签退', en: 'identity check not done in time; signed out' },
} satisfies Readonly<Record<EndReason, Words>>;

const anomalyNames: Readonly<Record<string, Words>> = {
  'invalid-payload': { zh: '内容不合规的上报', en: 'malformed reports' },
  repeat: { zh: '重复的上报', en: 'repeated reports' },
  'repeat-differs': { zh: '同一序号内容不同的上报', en: 'repeated reports with other content' },
  'stale-repeat': { zh: '重放很早的上报', en: 'replayed old reports' },
  'too-frequent': { zh: '过于频繁的上报', en: 'reports that come too often' },
  'position-beyond-end': { zh: '播放位置超出片长', en: 'positions beyond the end' },
  'wrong-prompt': { zh: '用错误的编号回答询问', en: 'answers to a wrong question' },
  'foreign-session': { zh: '他人使用本次会话', en: 'use of the session by somebody else' },
  'wrong-check': { zh: '用错误的验证结果应答', en: 'verdicts that belong to another check' },
  flood: { zh: '大量请求', en: 'a flood of requests' },
} satisfies Readonly<Record<AnomalyCode, Words>>;

/** Middle parts hidden: enough to see whether two sessions came from the same network. */
export function maskAddress(address: string): string {
  const bare = address.replace(/\/\d+$/, '').replace(/^::ffff:/i, '');
  const parts = bare.split('.');
  if (parts.length === 4) return `${parts[0]}.*.*.${parts[3]}`;
  const groups = bare.split(':').filter((group) => group !== '');
  return groups.length < 3 ? bare : `${groups[0]}:*:${groups.at(-1)}`;
}

/** Says a row of evidence and its effect in words. `before`: what the player did when the row began. */
export function wordsOf(
  row: EvidenceRow,
  replayed: ReplayedRow | undefined,
  before: Beat['activity'],
  problems: ProblemsOfVerdicts = new Map(),
): EvidenceWords {
  const { fact } = row;
  if (fact.kind === 'opened') {
    const device = deviceNames[fact.deviceKind] ?? { zh: fact.deviceKind, en: fact.deviceKind };
    const place = `${fact.deviceName}${fact.deviceName === '' ? '' : ' · '}${maskAddress(fact.address)}`;
    const isChecked = fact.identity?.start === 'fresh';
    const waits = fact.identity?.start === 'needed';
    return {
      zh: `打开课程，从 ${clockText(fact.resumeAtMs)} 继续，${device.zh} · ${place}${isChecked ? '；登录时已核验身份' : ''}`,
      en: `Lesson opened at ${clockText(fact.resumeAtMs)}, ${device.en} · ${place}${isChecked ? '; identity checked at sign-in' : ''}`,
      effectZh: waits ? '等待身份核验' : '等待播放',
      effectEn: waits ? 'Waiting for the identity check' : 'Waiting for play',
      refused: false,
    };
  }
  if (fact.kind === 'anomaly') {
    const name = anomalyNames[fact.code] ?? { zh: '异常请求', en: 'irregular requests' };
    const words = { zh: `${name.zh} ${fact.count} 次，已拒绝`, en: `${fact.count} × ${name.en}, refused` };
    return { ...words, effectZh: '不影响已计时长', effectEn: 'Nothing credited, nothing lost', refused: true };
  }
  const told = reportWords(replayed, before, problems);
  const effect = effectWords(replayed);
  if (fact.kind === 'segment') return { ...told, ...effect };
  const end = endReasonNames[fact.reason] ?? { zh: '结束', en: 'ended' };
  return { zh: `${end.zh}；${told.zh}`, en: `${capital(end.en)}; ${told.en}`, ...effect };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function effectWords(replayed: ReplayedRow | undefined): Pick<EvidenceWords, 'effectZh' | 'effectEn' | 'refused'> {
  const effects = replayed?.effects ?? [];
  const seconds = replayed?.creditedSeconds ?? 0;
  const refusals = [...new Set([...effects.flatMap(reasonOf), ...(wasRetried(effects) ? ['check-retry'] : [])])];
  const named = refusals.map((reason) => STRETCH_REASON_NAMES[reason] ?? { zh: '其他原因', en: 'Another reason' });
  const zh = seconds > 0 ? [`计入 ${clockText(seconds * 1000)}`] : [];
  const en = seconds > 0 ? [`${clockText(seconds * 1000)} credited`] : [];
  if (named.length > 0) {
    zh.push(`不计：${named.map((one) => one.zh).join('、')}`);
    en.push(`not counted: ${named.map((one) => one.en.toLowerCase()).join(', ')}`);
  }
  return {
    effectZh: zh.join('；') || '无变化',
    effectEn: capital(en.join('; ') || 'no change'),
    refused: refusals.length > 0,
  };
}

function reasonOf(effect: Effect): string[] {
  if (effect.type === 'refused') return [effect.reason];
  return effect.type === 'standing' && effect.activity === 'hidden' ? ['hidden'] : [];
}

/** A check that was let through only after a failed try; one that never was is `identity-unconfirmed`. */
function wasRetried(effects: readonly Effect[]): boolean {
  const failed = effects.findIndex((effect) => effect.type === 'check-failed');
  return (
    failed !== -1 &&
    effects.slice(failed).some((effect) => effect.type === 'check-passed' || effect.type === 'check-deferred')
  );
}
