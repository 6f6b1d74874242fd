import { type ModelBeat, type ModelStretch, type ProofModel, isWaiting } from './proof-model.ts';

/** How a piece of the position line is drawn. `jump`: the picture moved without being seen. */
export type LineLook = 'credited' | 'refused' | 'standing' | 'jump';

export interface LineRun {
  readonly look: LineLook;
  /** Server time and media position, both ms. */
  readonly points: readonly (readonly [atMs: number, mediaMs: number])[];
}

/** Going back less than this is the player finding its key frame, not a jump. */
const BACK_MS = 1_500;
/** A picture this far ahead of the clock has moved, not played. */
const AHEAD_MS = 3_000;

/** The stretch that holds an instant; the last one for the end itself. */
export function stretchAt(stretches: readonly ModelStretch[], atMs: number): ModelStretch | undefined {
  const found = stretches.find((one) => one.fromMs <= atMs && atMs < one.toMs);
  const last = stretches.at(-1);
  return found ?? (last && atMs >= last.toMs ? last : undefined);
}

/**
 * The media position over time as the player reported it: slopes while it played, flats while it stood, drops where it
 * went back. Nothing is drawn after the last report, because nothing is known.
 */
export function drawPositions({ beats, stretches, whole }: ProofModel): LineRun[] {
  const runs: { look: LineLook; points: (readonly [number, number])[] }[] = [];
  const first = beats[0];
  if (!first) return [];
  const draw = (look: LineLook, from: readonly [number, number], to: readonly [number, number]): void => {
    const last = runs.at(-1);
    if (last?.look === look && look !== 'jump') last.points.push(to);
    else runs.push({ look, points: [from, to] });
  };
  const start: ModelBeat = {
    ...first,
    atMs: whole.fromMs,
    activity: 'paused',
    mediaMs: stretches[0]?.mediaFromMs ?? first.mediaMs,
  };
  let previous = start;
  for (const beat of beats) {
    const elapsedMs = beat.atMs - previous.atMs;
    const advanceMs = beat.mediaMs - previous.mediaMs;
    const stretch = stretchAt(stretches, previous.atMs + elapsedMs / 2);
    const fast = stretch?.reason === 'too-fast';
    const moved = advanceMs < -BACK_MS || (!fast && advanceMs > elapsedMs + AHEAD_MS);
    const from = [previous.atMs, previous.mediaMs] as const;
    if (moved) {
      // When within the interval it moved is not known: the clock and the position before it are.
      if (elapsedMs > 0) draw(lookOf(stretch), from, [beat.atMs, previous.mediaMs]);
      draw('jump', [beat.atMs, previous.mediaMs], [beat.atMs, beat.mediaMs]);
    } else if (elapsedMs > 0) {
      draw(lookOf(stretch), from, [beat.atMs, beat.mediaMs]);
    }
    previous = beat;
  }
  return runs;
}

function lookOf(stretch: ModelStretch | undefined): LineLook {
  if (stretch?.kind === 'credited') return 'credited';
  if (stretch?.kind === 'refused') return isWaiting(stretch.reason) ? 'standing' : 'refused';
  return stretch?.kind === 'jumped' ? 'jump' : 'standing';
}

/** Position at an instant, by the line between the two reports around it; null before the first report. */
export function positionAt(beats: readonly ModelBeat[], atMs: number): number | null {
  const next = beats.findIndex((beat) => beat.atMs > atMs);
  const before = beats[next === -1 ? beats.length - 1 : next - 1];
  if (!before) return beats[0]?.mediaMs ?? null;
  const after = next === -1 ? undefined : beats[next];
  if (!after || before.activity !== 'playing') return before.mediaMs;
  const elapsedMs = atMs - before.atMs;
  const advanceMs = after.mediaMs - before.mediaMs;
  if (advanceMs < 0) return before.mediaMs;
  return Math.round(before.mediaMs + (advanceMs * elapsedMs) / (after.atMs - before.atMs));
}

/** Lowest and highest position to draw: the whole lesson, or the part seen when that is a small part of it. */
export function positionRange(beats: readonly ModelBeat[], durationMs: number): { fromMs: number; toMs: number } {
  const positions = beats.map((beat) => beat.mediaMs);
  const low = Math.min(durationMs, ...positions);
  const high = Math.max(0, ...positions);
  if (positions.length === 0 || high - low >= durationMs * 0.4)
    return { fromMs: 0, toMs: Math.max(durationMs, high, 1) };
  const margin = Math.max((high - low) * 0.15, 5_000);
  return { fromMs: Math.max(0, low - margin), toMs: Math.min(Math.max(durationMs, high), high + margin) };
}
