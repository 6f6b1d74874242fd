import { activities, type Beat } from './session-state.ts';

/**
 * Beats of a segment, packed: for each beat four unsigned LEB128 numbers
 *   1. milliseconds since the previous beat
 *   2. zigzag of (media advance - milliseconds since the previous beat if it was playing, else media advance)
 *   3. increase of the client's running number
 *   4. flags: bits 0-2 activity (index in `activities`), 8 touched, 16 answered, 32 late
 * An ordinary beat takes 5 bytes. The first beat refers to `start`.
 */
export interface BeatOrigin {
  readonly seq: number;
  readonly atMs: number;
  readonly mediaMs: number;
  readonly activity: Beat['activity'];
}

/** Bytes of one beat that follows `previous`. Times must not go back, `seq` must grow. */
export function encodeBeat(previous: BeatOrigin, beat: Beat): Uint8Array {
  const elapsedMs = beat.atMs - previous.atMs;
  const expected = previous.activity === 'playing' ? elapsedMs : 0;
  const flags =
    activities.indexOf(beat.activity) + (beat.touched ? 8 : 0) + (beat.answered ? 16 : 0) + (beat.late ? 32 : 0);
  const bytes: number[] = [];
  for (const value of [elapsedMs, zigzag(beat.mediaMs - previous.mediaMs - expected), beat.seq - previous.seq, flags]) {
    pushVarint(bytes, value);
  }
  return Uint8Array.from(bytes);
}

/** Beats of a segment. Throws RangeError on bytes that no encoder wrote. */
export function decodeBeats(start: BeatOrigin, bytes: Uint8Array): Beat[] {
  const beats: Beat[] = [];
  let previous = start;
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
    const elapsedMs = read();
    const drift = unzigzag(read());
    const seq = previous.seq + read();
    const flags = read();
    const activity = activities[flags & 7];
    if (!activity || flags > 63) throw new RangeError('beats: unknown flags');
    const beat: Beat = {
      seq,
      atMs: previous.atMs + elapsedMs,
      mediaMs: previous.mediaMs + (previous.activity === 'playing' ? elapsedMs : 0) + drift,
      activity,
      touched: (flags & 8) !== 0,
      answered: (flags & 16) !== 0,
      late: (flags & 32) !== 0,
    };
    beats.push(beat);
    previous = beat;
  }
  return beats;
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
