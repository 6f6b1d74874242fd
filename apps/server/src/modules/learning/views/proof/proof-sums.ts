import { type Clause, type Replay, refusalClauses, unflushedNewMs } from '@antu/domain';
import type { Stretch } from '@antu/contract';
import { mergePieces, type Piece } from './stretches.ts';

/** What the sums of a session are: they add up to the second. */
export interface ProofSums {
  /** Wall-clock length in whole seconds. */
  readonly totalSeconds: number;
  readonly creditedSeconds: number;
  readonly notCreditedSeconds: number;
  /** Adds up to `notCreditedSeconds`; longest first. */
  readonly byReason: readonly { reason: string; seconds: number; clause: Clause | null }[];
  /** Their credited seconds add up to `creditedSeconds`. */
  readonly stretches: readonly Stretch[];
}

const { source } = refusalClauses['seek-ahead'];
const stands: Clause = {
  source,
  item: '31',
  zh: '暂停、最小化或切换到其他页面时，学习进度和有效时长一并停止',
  en: 'While paused, minimised or behind another page, neither progress nor the clock moves',
};
const once: Clause = {
  source,
  item: '18',
  zh: '只记实际看过的时间，看过的内容不重复计',
  en: 'Only time really viewed counts, and the same content counts once',
};
const asked: Clause = {
  source,
  item: '30',
  zh: '长时间没有操作时询问是否在学习，回答之前不计时',
  en: 'After a long time without a sign the learner is asked; the clock waits for the answer',
};

const identified: Clause = {
  source,
  item: '10',
  zh: '学习中随机验证身份，两次验证间隔不超过 15 分钟；验证通过之前不计时',
  en: 'Identity is checked at random moments at most 15 minutes apart; the clock waits until the check is passed',
};

const standingClauses: Readonly<Record<string, Clause>> = {
  paused: stands,
  hidden: stands,
  stalled: stands,
  prompt: asked,
  check: identified,
  'check-retry': identified,
  'seen-before': once,
  jumped: once,
  unreported: once,
};

/** Where it is written that a stretch does not count; null where nothing but the end of the picture is the reason. */
export function clauseOf(reason: string | null): Clause | null {
  if (reason === null) return null;
  const refusals: Readonly<Record<string, Clause>> = refusalClauses;
  return refusals[reason] ?? standingClauses[reason] ?? null;
}

/** Whole seconds that a replay credits: what went to the ledger, and what a running session has not handed over yet. */
export function replayedCreditOf(replay: Replay): number {
  const inLedger = replay.rows.reduce((sum, row) => sum + row.creditedSeconds, 0);
  // Where a quiz is open, nothing that is still in the session goes to the ledger.
  return inLedger + (replay.state.quiz ? 0 : Math.floor(unflushedNewMs(replay.state) / 1000));
}

/**
 * Adds up the pieces of a session. Credit is in whole seconds and time in milliseconds, so whole seconds are dealt out by
 * the largest fraction; what no reason explains is `rounding`.
 */
export function sumUp(pieces: readonly Piece[], creditedSeconds: number): ProofSums {
  const totalMs = pieces.reduce((sum, piece) => sum + piece.toMs - piece.fromMs, 0);
  const totalSeconds = Math.max(Math.floor(totalMs / 1000), creditedSeconds);
  const notCreditedSeconds = totalSeconds - creditedSeconds;
  return {
    totalSeconds,
    creditedSeconds,
    notCreditedSeconds,
    byReason: dealOut(pieces, notCreditedSeconds),
    stretches: stretchesOf(pieces, creditedSeconds),
  };
}

function dealOut(pieces: readonly Piece[], wholeSeconds: number): ProofSums['byReason'] {
  const sums = new Map<string, number>();
  for (const { reason, fromMs, toMs } of pieces) {
    if (reason !== null) sums.set(reason, (sums.get(reason) ?? 0) + toMs - fromMs);
  }
  const shares = [...sums].map(([reason, ms]) => ({ reason, seconds: Math.floor(ms / 1000), fraction: ms % 1000 }));
  let left = wholeSeconds - shares.reduce((sum, share) => sum + share.seconds, 0);
  for (const share of [...shares].sort((a, b) => b.fraction - a.fraction)) {
    if (left <= 0 || share.fraction === 0) break;
    share.seconds += 1;
    left -= 1;
  }
  if (left > 0) shares.push({ reason: 'rounding', seconds: left, fraction: 0 });
  return shares
    .filter((share) => share.seconds > 0)
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ reason, seconds }) => ({ reason, seconds, clause: clauseOf(reason) }));
}

function stretchesOf(pieces: readonly Piece[], creditedSeconds: number): Stretch[] {
  const creditedMs = pieces.reduce((sum, piece) => sum + freshMs(piece), 0);
  // Dealing by the running sum keeps every partial sum within a second of the truth and the last one exact.
  const dealt = (ms: number): number => (creditedMs === 0 ? 0 : Math.round((ms * creditedSeconds) / creditedMs));
  let runningMs = 0;
  let at = 0;
  return mergePieces(pieces).map((merged) => {
    const beforeMs = runningMs;
    for (let piece = pieces[at]; piece && piece.toMs <= merged.toMs; at += 1, piece = pieces[at])
      runningMs += freshMs(piece);
    return {
      kind: merged.kind,
      reason: merged.reason,
      from: new Date(merged.fromMs).toISOString(),
      to: new Date(merged.toMs).toISOString(),
      mediaFromMs: merged.mediaFromMs,
      mediaToMs: merged.mediaToMs,
      creditedSeconds: dealt(runningMs) - dealt(beforeMs),
      clause: clauseOf(merged.reason),
    };
  });
}

const freshMs = (piece: Piece): number => (piece.kind === 'credited' ? piece.toMs - piece.fromMs : 0);
