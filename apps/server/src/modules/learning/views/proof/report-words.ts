import { identityFactNames } from '@antu/contract';
import type { Beat, IdentityMove, ReplayedRow } from '@antu/domain';
import { chinaTimeText, clockText } from './clock-text.ts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What was found in the pictures of a verdict: codes of the domain, by the id of the verdict. */
export type ProblemsOfVerdicts = ReadonlyMap<string, readonly string[]>;

/** Names of changes listed in one sentence; a segment of 15 minutes may hold dozens. */
const LISTED_CHANGES = 4;

/** What the player reported in a row of evidence and which checks of identity fell into it, in the order of time. */
export function reportWords(
  replayed: ReplayedRow | undefined,
  before: Beat['activity'],
  problems: ProblemsOfVerdicts,
): Words {
  const beats = replayed?.beats ?? [];
  const moves = replayed?.moves ?? [];
  const first = beats[0];
  const last = beats.at(-1);
  if (!first || !last) {
    const told = moves.flatMap((move) => moveWords(move, problems));
    if (told.length === 0) return { zh: '没有新的上报', en: 'no further reports' };
    return { zh: told.map((one) => one.zh).join('；'), en: told.map((one) => one.en).join('; ') };
  }
  const changes = changesOf(beats, before);
  const late = beats.filter((beat) => beat.late).length;
  const zh = [`上报 ${beats.length} 次，位置 ${clockText(first.mediaMs)} 至 ${clockText(last.mediaMs)}`];
  const en = [`${beats.length} reports, position ${clockText(first.mediaMs)} to ${clockText(last.mediaMs)}`];
  // Every check is told; of what the player did a segment of half an hour may hold dozens.
  const listed = [
    ...changes.slice(0, LISTED_CHANGES).map(({ beat, words }) => ({ atMs: beat.atMs, ...changeWords(beat, words) })),
    ...moves.flatMap((move) => moveWords(move, problems).map((words) => ({ atMs: move.atMs, ...words }))),
  ].sort((one, other) => one.atMs - other.atMs);
  for (const one of listed) {
    zh.push(one.zh);
    en.push(one.en);
  }
  const more = changes.length - LISTED_CHANGES;
  if (more > 0) {
    zh.push(`另有 ${more} 次变化`);
    en.push(`${more} more changes`);
  }
  const pictures = moves.filter((move) => move.type === 'snapshot-asked').length;
  if (pictures > 0) {
    zh.push(`要求抓拍 ${pictures} 次`);
    en.push(pictures === 1 ? '1 snapshot asked' : `${pictures} snapshots asked`);
  }
  if (late > 0) {
    zh.push(`其中 ${late} 次为断网后补传`);
    en.push(`${late} of them delivered after a break of the network`);
  }
  return { zh: zh.join('；'), en: en.join('; ') };
}

const changeWords = (beat: Beat, words: Words): Words => ({
  zh: `${chinaTimeText(beat.atMs)} ${words.zh}（${clockText(beat.mediaMs)}）`,
  en: `${chinaTimeText(beat.atMs)} ${words.en} (${clockText(beat.mediaMs)})`,
});

const moveNames: Readonly<Record<Exclude<IdentityMove['type'], 'snapshot-asked'>, Words>> = {
  'check-asked': { zh: '要求随机核验身份', en: 'identity check asked' },
  'check-passed': { zh: '身份核验通过', en: 'identity check passed' },
  'check-failed': { zh: '身份核验未通过', en: 'identity check failed' },
  'check-deferred': { zh: '身份交两人复核', en: 'identity left to two people' },
};

function moveWords(move: IdentityMove, problems: ProblemsOfVerdicts): Words[] {
  if (move.type === 'snapshot-asked') return [];
  const found = move.type === 'check-failed' ? (problems.get(move.checkId) ?? []) : [];
  const facts: Readonly<Record<string, Words | undefined>> = identityFactNames;
  const named = found.flatMap((one) => facts[one] ?? []);
  const time = chinaTimeText(move.atMs);
  const name = moveNames[move.type];
  return [
    {
      zh: `${time} ${name.zh}${named.length > 0 ? `（${named.map((one) => one.zh).join('、')}）` : ''}`,
      en: `${time} ${name.en}${named.length > 0 ? ` (${named.map((one) => one.en.toLowerCase()).join(', ')})` : ''}`,
    },
  ];
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
