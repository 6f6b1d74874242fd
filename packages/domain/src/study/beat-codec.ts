import { type IdentityMove, moveTypes } from './identity-state.ts';
import { activities, type Beat } from './session-state.ts';

/**
 * Beats of a segment, packed: for each beat one byte of flags and then unsigned LEB128 numbers
 *   flags: bits 0-2 activity (index in `activities`), 8 touched, 16 answered, 32 late, 64 a running number follows
 *   1. zigzag of (milliseconds since the previous beat - the usual 20 s)
 *   2. zigzag of (media advance - milliseconds since the previous beat if it was playing, else media advance)
 *   3. increase of the client's running number; only with flag 64, otherwise 1
 * An ordinary beat takes 3 or 4 bytes. The first beat refers to `start`.
 *
 * Between them lie moves about identity: one byte 128 + index in `moveTypes`, the milliseconds since the previous report as
 * an unsigned number, and for a verdict 16 bytes of its id and 16 of its digest.
 */
const USUAL_MS = 20_000;

export interface BeatOrigin {
  readonly seq: number;
  readonly atMs: number;
  readonly mediaMs: number;
  readonly activity: Beat['activity'];
}

/** Appends the bytes of a beat that follows `previous`. Times must not go back, `seq` must grow. */
export function encodeBeat(previous: BeatOrigin, beat: Beat, into: number[] = []): number[] {
  const elapsedMs = beat.atMs - previous.atMs;
  if (elapsedMs < 0) throw new RangeError(`beats: time goes back by ${-elapsedMs} ms`);
  const expectedMs = previous.activity === 'playing' ? elapsedMs : 0;
  const seqStep = beat.seq - previous.seq;
  into.push(
    activities.indexOf(beat.activity) +
      (beat.touched ? 8 : 0) +
      (beat.answered ? 16 : 0) +
      (beat.late ? 32 : 0) +
      (seqStep === 1 ? 0 : 64),
  );
  pushVarint(into, zigzag(elapsedMs - USUAL_MS));
  pushVarint(into, zigzag(beat.mediaMs - previous.mediaMs - expectedMs));
  if (seqStep !== 1) pushVarint(into, seqStep);
  return into;
}

/** Appends the bytes of a move. @param previousAtMs server time of the report or move before it */
export function encodeMove(previousAtMs: number, move: IdentityMove, into: number[] = []): number[] {
  into.push(128 + moveTypes.indexOf(move.type));
  pushVarint(into, move.atMs - previousAtMs);
  if ('checkId' in move) into.push(...bytesOfHex(move.checkId.replaceAll('-', '')), ...bytesOfHex(move.digest));
  return into;
}

/** Beats and moves of a segment in order. Throws RangeError on bytes that no encoder wrote. */
export function decodeReports(start: BeatOrigin, bytes: Uint8Array): (Beat | IdentityMove)[] {
  const reports: (Beat | IdentityMove)[] = [];
  let previous = start;
  for (const step of readSteps(bytes)) {
    if ('move' in step) {
      const atMs = previous.atMs + step.elapsedMs;
      reports.push({ ...step.move, atMs });
      previous = { ...previous, atMs };
      continue;
    }
    const beat: Beat = {
      seq: previous.seq + step.seqStep,
      atMs: previous.atMs + step.elapsedMs,
      mediaMs: previous.mediaMs + (previous.activity === 'playing' ? step.elapsedMs : 0) + step.driftMs,
      ...step.flags,
    };
    reports.push(beat);
    previous = beat;
  }
  return reports;
}

/** Beats of a segment without the moves. Throws RangeError on bytes that no encoder wrote. */
export function decodeBeats(start: BeatOrigin, bytes: Uint8Array): Beat[] {
  return decodeReports(start, bytes).filter((one) => 'seq' in one);
}

/**
 * Beats of a segment when not its beginning but its end is known, as in a running session. Throws RangeError on bytes
 * that no encoder wrote.
 * @param end what the state says of the last beat
 */
export function decodeBeatsBackwards(end: Omit<BeatOrigin, 'activity'>, bytes: Uint8Array): Beat[] {
  const steps = readSteps(bytes);
  const beats: Beat[] = [];
  let { seq, atMs, mediaMs } = end;
  for (const [index, step] of [...steps.entries()].toReversed()) {
    if ('move' in step) {
      atMs -= step.elapsedMs;
      continue;
    }
    beats.push({ seq, atMs, mediaMs, ...step.flags });
    seq -= step.seqStep;
    atMs -= step.elapsedMs;
    const before = steps.slice(0, index).findLast((one) => 'flags' in one);
    mediaMs -= (before?.flags.activity === 'playing' ? step.elapsedMs : 0) + step.driftMs;
  }
  return beats.toReversed();
}

interface MoveStep {
  readonly elapsedMs: number;
  /** Its time is that of the step. */
  readonly move: IdentityMove;
}

interface BeatStep {
  readonly elapsedMs: number;
  readonly driftMs: number;
  readonly seqStep: number;
  readonly flags: Pick<Beat, 'activity' | 'touched' | 'answered' | 'late'>;
}

function readSteps(bytes: Uint8Array): (BeatStep | MoveStep)[] {
  const steps: (BeatStep | MoveStep)[] = [];
  let offset = 0;
  const read = (): number => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[offset++];
      if (byte === undefined || factor > 2 ** 49) throw new RangeError('beats: truncated or oversized number');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
  while (offset < bytes.length) {
    const flags = bytes[offset++] ?? 0;
    if (flags >= 128) {
      const elapsedMs = read();
      const move = moveOf(flags - 128, bytes.subarray(offset, offset + VERDICT_BYTES));
      if ('checkId' in move) offset += VERDICT_BYTES;
      steps.push({ elapsedMs, move });
      continue;
    }
    const elapsedMs = unzigzag(read()) + USUAL_MS;
    const driftMs = unzigzag(read());
    const seqStep = (flags & 64) === 0 ? 1 : read();
    if (elapsedMs < 0) throw new RangeError('beats: time goes back');
    steps.push({ elapsedMs, driftMs, seqStep, flags: flagsOf(flags) });
  }
  return steps;
}

function flagsOf(flags: number): BeatStep['flags'] {
  const activity = activities[flags & 7];
  if (!activity || flags > 127) throw new RangeError('beats: unknown flags');
  return { activity, touched: (flags & 8) !== 0, answered: (flags & 16) !== 0, late: (flags & 32) !== 0 };
}

/** Id and half a digest of a verdict. */
const VERDICT_BYTES = 32;

function moveOf(index: number, verdict: Uint8Array): IdentityMove {
  const type = moveTypes[index];
  if (type === undefined) throw new RangeError('beats: unknown move');
  if (type === 'check-asked' || type === 'snapshot-asked') return { type, atMs: 0 };
  if (verdict.length < VERDICT_BYTES) throw new RangeError('beats: truncated verdict');
  const hex = Array.from(verdict, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const checkId = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { type, atMs: 0, checkId, digest: hex.slice(32) };
}

function bytesOfHex(hex: string): number[] {
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new RangeError('beats: a verdict needs 16 bytes of id and of digest');
  return Array.from({ length: 16 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

function pushVarint(into: number[], value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`beats: cannot store ${value}`);
  let rest = value;
  while (rest >= 128) {
    into.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  into.push(rest);
}

// Arithmetic instead of shifts: media positions exceed 32 bits after 25 days of milliseconds.
function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
