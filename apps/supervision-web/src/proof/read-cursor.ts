import { checkBefore, type ModelCheck } from './identity-lane.ts';
import { beatBefore, networkGaps, presenceSigns } from './lanes.ts';
import { positionAt, stretchAt } from './position-line.ts';
import type { ModelStretch, ProofActivity, ProofModel } from './proof-model.ts';

/** What was so at one instant: fills the strip under the time line. */
export interface CursorReading {
  readonly atMs: number;
  readonly stretch: ModelStretch | undefined;
  /** Credited by this session up to here, whole seconds. */
  readonly creditedSeconds: number;
  readonly mediaMs: number | null;
  readonly activity: ProofActivity | null;
  /** Since the last touch, answer or the opening, ms. */
  readonly sinceSignMs: number;
  /** The last check that was decided by then. */
  readonly check: ModelCheck | undefined;
  readonly network: 'fine' | 'bridged' | 'lost';
}

/** Reads all lanes at an instant. */
export function readCursor(model: ProofModel, atMs: number): CursorReading {
  const stretch = stretchAt(model.stretches, atMs);
  const gap = networkGaps(model).find((one) => one.fromMs < atMs && atMs <= one.toMs);
  const sign = presenceSigns(model).findLast((one) => one <= atMs) ?? model.whole.fromMs;
  return {
    atMs,
    stretch,
    creditedSeconds: creditedAt(stretch, atMs),
    mediaMs: positionAt(model.beats, atMs),
    activity: beatBefore(model.beats, atMs)?.activity ?? null,
    sinceSignMs: atMs - sign,
    check: checkBefore(model.identity, atMs),
    network: gap?.kind ?? 'fine',
  };
}

function creditedAt(stretch: ModelStretch | undefined, atMs: number): number {
  if (!stretch) return 0;
  if (stretch.kind !== 'credited' || stretch.toMs <= stretch.fromMs) return stretch.creditedBefore;
  const part = Math.min(1, (atMs - stretch.fromMs) / (stretch.toMs - stretch.fromMs));
  return stretch.creditedBefore + Math.floor(stretch.creditedSeconds * part);
}
