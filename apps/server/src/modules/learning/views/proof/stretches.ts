import {
  type Activity,
  type Effect,
  type EndReason,
  type Interval,
  type OpenedFact,
  type RefusalReason,
  type ReplayedRow,
  subtract,
  unite,
} from '@antu/domain';

export type StandingReason = Activity | 'prompt' | 'check' | 'check-retry' | 'seen-before' | 'unreported';

/** A stretch of server time (epoch ms) with what the rules made of it. */
export type Piece = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly mediaFromMs: number;
  readonly mediaToMs: number;
} & (
  | { readonly kind: 'credited'; readonly reason: null }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'standing'; readonly reason: StandingReason }
  | { readonly kind: 'jumped'; readonly reason: 'jumped' }
);

/** Buffering shorter than this between two credited pieces is drawn with them; its time is still not credited. */
const ABSORBED_MS = 2_000;

/**
 * Lays the effects of a replay out on the server's time line, without a hole and without overlap, from the opening to
 * `untilMs`. A credited piece is exactly as long as the media it credits; what the clock ran beyond that (buffering,
 * seconds seen before, the daily limit) is a piece of its own.
 */
export function layOut(opened: OpenedFact, rows: readonly ReplayedRow[], untilMs: number): Piece[] {
  const pieces: Piece[] = [];
  let known: readonly Interval[] = unite(opened.viewed, opened.quiz?.waiting ?? []);
  let atMs = opened.openedAtMs;
  let mediaMs = opened.resumeAtMs;
  let lastActivity: Activity = 'paused';
  let endReason: EndReason | null = null;
  let askedAtMs = opened.openedAtMs;
  let isRetried = false;

  const push = (piece: Piece): void => {
    if (piece.toMs <= piece.fromMs) return;
    pieces.push(piece);
    atMs = piece.toMs;
    mediaMs = piece.mediaToMs;
  };
  const fillTo = (toMs: number): void => {
    const span = { fromMs: atMs, toMs, mediaFromMs: mediaMs, mediaToMs: mediaMs };
    if (lastActivity !== 'playing') push({ ...span, kind: 'standing', reason: lastActivity });
    else if (endReason === 'vanished') push({ ...span, kind: 'refused', reason: 'network-gap' });
    else push({ ...span, kind: 'standing', reason: 'unreported' });
  };

  for (const row of rows) {
    for (const effect of row.effects) {
      if (effect.type === 'credited') {
        for (const piece of creditedPieces(effect, known)) push(piece);
        known = unite(known, [{ from: effect.mediaFromMs, to: effect.mediaToMs }]);
      } else if (effect.type === 'refused' && isTakenBack(effect.reason)) {
        takeBack(pieces, effect.fromAtMs, effect.reason);
        push(refusedPiece(effect, atMs, mediaMs));
      } else if (effect.type === 'refused' && isWithheld(effect.reason)) {
        withhold(pieces, effect);
      } else if (effect.type === 'refused') {
        // The daily limit shares its span with what was still credited of it: only the rest is refused.
        dropRest(pieces, effect);
        const last = pieces.at(-1);
        push(refusedPiece(effect, Math.max(effect.fromAtMs, last?.toMs ?? 0), effect.mediaFromMs));
      } else if (effect.type === 'standing') {
        const media = { mediaFromMs: mediaMs, mediaToMs: mediaMs };
        const reason = effect.activity === 'check' && isRetried ? 'check-retry' : effect.activity;
        push({ fromMs: effect.fromAtMs, toMs: effect.toAtMs, ...media, kind: 'standing', reason });
      } else if (effect.type === 'check-asked') {
        askedAtMs = effect.atMs;
      } else if (effect.type === 'check-failed') {
        isRetried = true;
        markRetried(pieces, askedAtMs);
      } else if (effect.type === 'check-passed' || effect.type === 'check-deferred') {
        isRetried = false;
      } else if (effect.type === 'jumped') {
        const { mediaFromMs, mediaToMs } = effect;
        push({
          fromMs: effect.fromAtMs,
          toMs: effect.toAtMs,
          mediaFromMs,
          mediaToMs,
          kind: 'jumped',
          reason: 'jumped',
        });
      } else if (effect.type === 'ended') {
        endReason = effect.reason;
        lastActivity = row.beats.at(-1)?.activity ?? lastActivity;
        fillTo(effect.atMs);
      }
    }
    lastActivity = row.beats.at(-1)?.activity ?? lastActivity;
  }
  fillTo(untilMs);
  return pieces;
}

/** Splits a credited span into fresh and already seen media in playing order, and the time the picture stood. */
function creditedPieces(effect: Extract<Effect, { type: 'credited' }>, known: readonly Interval[]): Piece[] {
  const { fromAtMs, toAtMs, mediaFromMs, mediaToMs } = effect;
  const timeOf = (mediaAtMs: number): number => fromAtMs + (mediaAtMs - mediaFromMs);
  const pieces: Piece[] = [];
  let reached = mediaFromMs;
  const add = (toMediaMs: number, fresh: boolean): void => {
    if (toMediaMs <= reached) return;
    const span = { fromMs: timeOf(reached), toMs: timeOf(toMediaMs), mediaFromMs: reached, mediaToMs: toMediaMs };
    pieces.push(
      fresh ? { ...span, kind: 'credited', reason: null } : { ...span, kind: 'standing', reason: 'seen-before' },
    );
    reached = toMediaMs;
  };
  for (const fresh of subtract([{ from: mediaFromMs, to: mediaToMs }], known)) {
    add(fresh.from, false);
    add(fresh.to, true);
  }
  add(mediaToMs, false);
  const restFromMs = timeOf(mediaToMs);
  if (restFromMs < toAtMs) {
    const media = { mediaFromMs: mediaToMs, mediaToMs };
    pieces.push({ fromMs: restFromMs, toMs: toAtMs, ...media, kind: 'standing', reason: 'stalled' });
  }
  return pieces;
}

function refusedPiece(effect: Extract<Effect, { type: 'refused' }>, fromMs: number, mediaFromMs: number): Piece {
  const { toAtMs, reason } = effect;
  const mediaToMs = isTakenBack(reason) ? mediaFromMs : effect.mediaToMs;
  return { fromMs, toMs: toAtMs, mediaFromMs, mediaToMs, kind: 'refused', reason };
}

/** Refused at the end of a session for what had been credited before. */
const isTakenBack = (reason: RefusalReason): reason is 'no-presence' | 'identity-unconfirmed' =>
  reason === 'no-presence' || reason === 'identity-unconfirmed';

/** Credited by the reports, but not handed to the ledger when the segment closed. */
const isWithheld = (reason: RefusalReason): boolean =>
  reason === 'other-scheme-overlap' ||
  reason === 'identity-awaiting' ||
  reason === 'quiz-awaiting' ||
  reason === 'media-missing';

/** A try of the open check failed: all waiting for it is told apart from the ordinary wait of a check passed at once. */
function markRetried(pieces: Piece[], sinceMs: number): void {
  for (const [at, piece] of pieces.entries()) {
    if (piece.fromMs >= sinceMs && piece.reason === 'check') pieces[at] = { ...piece, reason: 'check-retry' };
  }
}

/** Nobody answered, or nobody showed who they are: what was credited since, and the waiting, is refused after all. */
function takeBack(pieces: Piece[], sinceMs: number, reason: 'no-presence' | 'identity-unconfirmed'): void {
  const waiting: readonly (string | null)[] = reason === 'no-presence' ? ['prompt'] : ['check', 'check-retry'];
  for (const [at, piece] of pieces.entries()) {
    const covered = piece.kind === 'credited' || waiting.includes(piece.reason);
    if (piece.fromMs >= sinceMs && covered) pieces[at] = { ...piece, kind: 'refused', reason };
  }
}

/** Another training had counted the time, or the like: the last credited media of the span is refused after all. */
function withhold(pieces: Piece[], effect: Extract<Effect, { type: 'refused' }>): void {
  const within = pieces.filter((piece) => piece.kind === 'credited' && overlaps(piece, effect));
  let leftMs = effect.takenBackMs;
  for (const piece of within.sort((a, b) => b.mediaFromMs - a.mediaFromMs)) {
    if (leftMs <= 0) return;
    const cutMs = Math.min(leftMs, piece.toMs - piece.fromMs);
    const keptToMs = piece.toMs - cutMs;
    const mediaCutMs = piece.mediaToMs - cutMs;
    const refused: Piece = {
      ...piece,
      fromMs: keptToMs,
      mediaFromMs: mediaCutMs,
      kind: 'refused',
      reason: effect.reason,
    };
    const kept: Piece[] = keptToMs > piece.fromMs ? [{ ...piece, toMs: keptToMs, mediaToMs: mediaCutMs }] : [];
    pieces.splice(pieces.indexOf(piece), 1, ...kept, refused);
    leftMs -= cutMs;
  }
}

const overlaps = (piece: Piece, effect: { mediaFromMs: number; mediaToMs: number }): boolean =>
  piece.mediaFromMs < effect.mediaToMs && piece.mediaToMs > effect.mediaFromMs;

function dropRest(pieces: Piece[], effect: Extract<Effect, { type: 'refused' }>): void {
  const last = pieces.at(-1);
  const sameSpan =
    last && last.toMs === effect.toAtMs && last.fromMs >= effect.fromAtMs && effect.toAtMs > effect.fromAtMs;
  if (sameSpan && last.kind === 'standing' && last.reason === 'stalled') pieces.pop();
}

/** Merges neighbours that mean the same, so that a timeline of thousands of reports stays readable. */
export function mergePieces(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (last && joins(last, piece))
      merged[merged.length - 1] = { ...last, toMs: piece.toMs, mediaToMs: piece.mediaToMs };
    else merged.push(piece);
  }
  return merged;
}

function joins(last: Piece, next: Piece): boolean {
  if (last.kind === 'credited') {
    const shortWait = next.reason === 'stalled' && next.toMs - next.fromMs < ABSORBED_MS;
    return shortWait || (next.kind === 'credited' && next.mediaFromMs === last.mediaToMs);
  }
  return last.kind === next.kind && last.reason === next.reason;
}
