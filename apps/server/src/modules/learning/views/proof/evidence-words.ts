import { STRETCH_REASON_NAMES } from '@antu/contract';
import type { AnomalyCode, Beat, Effect, EndReason, EvidenceRow, ReplayedRow } from '@antu/domain';

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

/** Names of changes listed in one sentence; a segment of 15 minutes may hold dozens. */
const LISTED_CHANGES = 4;

/** 07:12, or 1:02:03 from an hour on. */
export function clockText(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${minutes}` : minutes;
}

/** Time of day in China, 19:42:06. */
export function chinaTimeText(atMs: number): string {
  return new Date(atMs + 8 * 3_600_000).toISOString().slice(11, 19);
}

/** Middle parts hidden: enough to see whether two sessions came from the same network. */
export function maskAddress(address: string): string {
  const bare = address.replace(/\/\d+$/, '').replace(/^::ffff:/i, '');
  const parts = bare.split('.');
  if (parts.length === 4) return `${parts[0]}.*.*.${parts[3]}`;
  const groups = bare.split(':').filter((group) => group !== '');
  return groups.length < 3 ? bare : `${groups[0]}:*:${groups.at(-1)}`;
}

/** Says a row of evidence and its effect in words. `before`: what the player did when the row began. */
export function wordsOf(row: EvidenceRow, replayed: ReplayedRow | undefined, before: Beat['activity']): EvidenceWords {
  const { fact } = row;
  if (fact.kind === 'opened') {
    const device = deviceNames[fact.deviceKind] ?? { zh: fact.deviceKind, en: fact.deviceKind };
    const place = `${fact.deviceName}${fact.deviceName === '' ? '' : ' · '}${maskAddress(fact.address)}`;
    return {
      zh: `打开课程，从 ${clockText(fact.resumeAtMs)} 继续，${device.zh} · ${place}`,
      en: `Lesson opened at ${clockText(fact.resumeAtMs)}, ${device.en} · ${place}`,
      effectZh: '等待播放',
      effectEn: 'Waiting for play',
      refused: false,
    };
  }
  if (fact.kind === 'anomaly') {
    const name = anomalyNames[fact.code] ?? { zh: '异常请求', en: 'irregular requests' };
    const words = { zh: `${name.zh} ${fact.count} 次，已拒绝`, en: `${fact.count} × ${name.en}, refused` };
    return { ...words, effectZh: '不影响已计时长', effectEn: 'Nothing credited, nothing lost', refused: true };
  }
  const told = beatWords(replayed?.beats ?? [], before);
  const effect = effectWords(replayed);
  if (fact.kind === 'segment') return { ...told, ...effect };
  const end = endReasonNames[fact.reason] ?? { zh: '结束', en: 'ended' };
  return { zh: `${end.zh}；${told.zh}`, en: `${capital(end.en)}; ${told.en}`, ...effect };
}

function beatWords(beats: readonly Beat[], before: Beat['activity']): Words {
  const first = beats[0];
  const last = beats.at(-1);
  if (!first || !last) return { zh: '没有新的上报', en: 'no further reports' };
  const changes = changesOf(beats, before);
  const late = beats.filter((beat) => beat.late).length;
  const zh = [`上报 ${beats.length} 次，位置 ${clockText(first.mediaMs)} 至 ${clockText(last.mediaMs)}`];
  const en = [`${beats.length} reports, position ${clockText(first.mediaMs)} to ${clockText(last.mediaMs)}`];
  for (const { beat, words } of changes.slice(0, LISTED_CHANGES)) {
    zh.push(`${chinaTimeText(beat.atMs)} ${words.zh}（${clockText(beat.mediaMs)}）`);
    en.push(`${chinaTimeText(beat.atMs)} ${words.en} (${clockText(beat.mediaMs)})`);
  }
  const more = changes.length - LISTED_CHANGES;
  if (more > 0) {
    zh.push(`另有 ${more} 次变化`);
    en.push(`${more} more changes`);
  }
  if (late > 0) {
    zh.push(`其中 ${late} 次为断网后补传`);
    en.push(`${late} of them delivered after a break of the network`);
  }
  return { zh: zh.join('；'), en: en.join('; ') };
}

const changeNames: Readonly<Record<Beat['activity'], Words>> = {
  playing: { zh: '播放', en: 'playing' },
  paused: { zh: '暂停', en: 'paused' },
  hidden: { zh: '切到其他页面', en: 'another page in front' },
  stalled: { zh: '画面缓冲', en: 'buffering' },
  ended: { zh: '播放到片尾', en: 'end of the picture' },
};

function changesOf(beats: readonly Beat[], before: Beat['activity']): { beat: Beat; words: Words }[] {
  let activity = before;
  return beats.flatMap((beat) => {
    const changed = beat.activity !== activity;
    activity = beat.activity;
    if (beat.answered) return [{ beat, words: { zh: '回应了询问', en: 'answered the question' } }];
    return changed ? [{ beat, words: changeNames[beat.activity] }] : [];
  });
}

function effectWords(replayed: ReplayedRow | undefined): Pick<EvidenceWords, 'effectZh' | 'effectEn' | 'refused'> {
  const effects = replayed?.effects ?? [];
  const seconds = replayed?.creditedSeconds ?? 0;
  const refusals = [...new Set(effects.flatMap(reasonOf))];
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

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
