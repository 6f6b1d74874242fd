import { activities, type Beat } from './session-state.ts';

/**
 * Beats of a segment, packed: for each beat one byte of flags and then unsigned LEB128 numbers
 *   flags: bits 0-2 activity (index in `activities`), 8 touched, 16 answered, 32 late, 64 a running number follows
 *   1. zigzag of (milliseconds since the previous beat - the usual 20 s)
 *   2. zigzag of (media advance - milliseconds since the previous beat if it was playing, else media advance)
 *   3. increase of the client's running number; only with flag 64, otherwise 1
 * An ordinary beat takes 3 or 4 bytes. The first beat refers to `start`.
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

/** Beats of a segment. Throws RangeError on bytes that no encoder wrote. */
export function decodeBeats(start: BeatOrigin, bytes: Uint8Array): Beat[] {
  const beats: Beat[] = [];
  let previous = start;
  for (const step of readSteps(bytes)) {
    const beat: Beat = {
      seq: previous.seq + step.seqStep,
      atMs: previous.atMs + step.elapsedMs,
      mediaMs: previous.mediaMs + (previous.activity === 'playing' ? step.elapsedMs : 0) + step.driftMs,
      ...step.flags,
    };
    beats.push(beat);
    previous = beat;
  }
  return beats;
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
    beats.push({ seq, atMs, mediaMs, ...step.flags });
    seq -= step.seqStep;
    atMs -= step.elapsedMs;
    mediaMs -= (steps[index - 1]?.flags.activity === 'playing' ? step.elapsedMs : 0) + step.driftMs;
  }
  return beats.toReversed();
}

interface BeatStep {
  readonly elapsedMs: number;
  readonly driftMs: number;
  readonly seqStep: number;
  readonly flags: Pick<Beat, 'activity' | 'touched' | 'answered' | 'late'>;
}

function readSteps(bytes: Uint8Array): BeatStep[] {
  const steps: BeatStep[] = [];
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
