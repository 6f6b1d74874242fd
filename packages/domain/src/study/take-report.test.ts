import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyBeat,
  type Beat,
  type BeatClaim,
  decodeBeats,
  decodeBeatsBackwards,
  encodeBeat,
  flushSegment,
  limitsOf,
  openSession,
  overlapSecondsOf,
  type SessionState,
  studyRuleSets,
  takeReport,
} from './index.ts';

const [ruleSet] = studyRuleSets;
if (!ruleSet) throw new Error('no rule set');
const limits = limitsOf(ruleSet);
const T0 = Date.UTC(2026, 5, 17, 2);
const opened = openSession({ openedAtMs: T0, durationMs: 600_000, viewed: [], resumeAtMs: 0, dayCreditedMs: 0 });
const claim = (seq: number, mediaMs: number, more: Partial<BeatClaim> = {}): BeatClaim => ({
  seq,
  mediaMs,
  activity: 'playing',
  touched: false,
  ageMs: 0,
  ...more,
});
const playing: SessionState = applyBeat(
  opened,
  { seq: 1, atMs: T0, mediaMs: 0, activity: 'playing', touched: true, answered: false, late: false },
  limits,
).state;
const take = (one: BeatClaim, afterMs: number, state = playing, known: readonly Beat[] = []) =>
  takeReport(state, one, T0 + afterMs, limits, () => known);

describe('the server time of a report', () => {
  const cases: [what: string, ageMs: number, afterMs: number, expectedMs: number][] = [
    ['no age: its arrival', 0, 15_000, 15_000],
    ['an age: when it happened', 5_000, 15_000, 10_000],
    ['an age before the previous report: that one', 60_000, 15_000, 0],
    ['an age below zero: its arrival', -60_000, 15_000, 15_000],
    ['an age after a silence of exactly the limit is believed', 100_000, 120_000, 20_000],
    ['an age after a longer silence is not believed', 100_000, 120_001, 120_001],
  ];
  it.each(cases)('%s', (_what, ageMs, afterMs, expectedMs) => {
    const taken = take(claim(2, 900, { ageMs, activity: 'paused' }), afterMs);
    expect(taken).toMatchObject({ type: 'beat', beat: { atMs: T0 + expectedMs, late: expectedMs < afterMs } });
  });

  it('of an answer to the question is its arrival, whatever age it claims', () => {
    const taken = takeReport(playing, claim(2, 0, { ageMs: 50_000 }), T0 + 60_000, limits, () => [], {
      answered: true,
    });
    expect(taken).toMatchObject({ type: 'beat', beat: { atMs: T0 + 60_000, answered: true } });
  });
});

describe('reports that are not taken', () => {
  it('beyond the end of the media by more than a player’s rounding', () => {
    expect(take(claim(2, 601_501), 15_000)).toEqual({ type: 'ignored', anomaly: 'position-beyond-end' });
    expect(take(claim(2, 601_500), 15_000)).toMatchObject({ type: 'beat', beat: { mediaMs: 600_000 } });
  });

  it('closer than 300 ms that change nothing; a change or a jump is taken', () => {
    expect(take(claim(2, 299), 299)).toEqual({ type: 'ignored', anomaly: 'too-frequent' });
    expect(take(claim(2, 300), 300).type).toBe('beat');
    expect(take(claim(2, 100, { activity: 'paused' }), 100).type).toBe('beat');
    expect(take(claim(2, 5_000), 100).type).toBe('beat');
  });

  it('repeats: equal ones are counted, others differ, old ones are stale', () => {
    const known: Beat[] = [
      { seq: 70, atMs: T0, mediaMs: 5_000, activity: 'playing', touched: false, answered: false, late: false },
    ];
    const late = { ...playing, lastSeq: 100 };
    expect(take(claim(70, 5_000), 1_000, late, known)).toEqual({ type: 'ignored', anomaly: 'repeat' });
    expect(take(claim(70, 6_000), 1_000, late, known)).toEqual({ type: 'ignored', anomaly: 'repeat-differs' });
    expect(take(claim(39, 6_000), 1_000, late, known)).toEqual({ type: 'ignored', anomaly: 'stale-repeat' });
  });
});

describe('presence', () => {
  it('is not asked for on a late report, but no later than a bridgeable gap after its time', () => {
    const beat = (seconds: number, late: boolean): Beat => ({
      seq: seconds,
      atMs: T0 + seconds * 1000,
      mediaMs: seconds * 1000,
      activity: 'playing',
      touched: false,
      answered: false,
      late,
    });
    const at = (seconds: number): SessionState => ({
      ...playing,
      lastAtMs: T0 + seconds * 1000,
      mediaMs: seconds * 1000,
      watermarkMs: seconds * 1000,
      durationMs: 900_000,
    });
    const asked = (from: number, one: Beat) => applyBeat(at(from), one, limits).state.promptAskedAtMs;
    expect(asked(590, beat(600, true))).toBeNull();
    expect(asked(590, beat(600, false))).toBe(T0 + 600_000);
    expect(asked(700, beat(719, true))).toBeNull();
    expect(asked(700, beat(720, true))).toBe(T0 + 720_000);
  });
});

describe('time that another training counted (inspection table item 11)', () => {
  const cases: [others: [number, number][], seconds: number][] = [
    [[], 0],
    [[[0, 1_000]], 0],
    [[[9_500, 20_000]], 10],
    [[[0, 100_000]], 50],
    [
      [
        [10_000, 20_000],
        [15_000, 30_001],
      ],
      21,
    ],
  ];
  it.each(cases)('%j covers %i s of [10 s, 60 s)', (others, seconds) => {
    const spans = others.map(([from, to]) => ({ from, to }));
    expect(overlapSecondsOf({ from: 10_000, to: 60_000 }, spans)).toBe(seconds);
  });

  it('is withheld from the end of what a segment credits, and can be watched again', () => {
    const state: SessionState = { ...playing, confirmed: [{ from: 0, to: 30_000 }], watermarkMs: 30_000 };
    const flushed = flushSegment(state, 12);
    expect(flushed).toMatchObject({ creditedSeconds: 18, withheld: [{ from: 18_000, to: 30_000 }] });
    expect(flushed.state.viewed).toEqual([{ from: 0, to: 18_000 }]);
    expect(flushSegment(state, 99).creditedSeconds).toBe(0);
  });
});

describe('packed beats', () => {
  it('an ordinary one takes three bytes, whatever its position', () => {
    const origin = { seq: 1, atMs: T0, mediaMs: 0, activity: 'playing' as const };
    const beat: Beat = {
      ...origin,
      seq: 2,
      atMs: T0 + 20_037,
      mediaMs: 19_990,
      touched: false,
      answered: false,
      late: false,
    };
    expect(encodeBeat(origin, beat)).toHaveLength(3);
  });

  it('are read from either end', () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 200_000 }),
      move: fc.integer({ min: -50_000, max: 50_000 }),
      seqStep: fc.integer({ min: 1, max: 300 }),
      activity: fc.constantFrom('playing' as const, 'paused' as const, 'ended' as const),
      touched: fc.boolean(),
      answered: fc.boolean(),
      late: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 50 }), (steps) => {
        const start = { seq: 0, atMs: T0, mediaMs: 3_000_000, activity: 'playing' as const };
        const beats: Beat[] = [];
        const bytes: number[] = [];
        for (const { wait, move, seqStep, ...flags } of steps) {
          const previous = beats.at(-1) ?? start;
          const at = { seq: previous.seq + seqStep, atMs: previous.atMs + wait, mediaMs: previous.mediaMs + move };
          beats.push({ ...at, ...flags });
          encodeBeat(previous, { ...at, ...flags }, bytes);
        }
        const packed = Uint8Array.from(bytes);
        const end = beats.at(-1) ?? start;
        expect(decodeBeats(start, packed)).toEqual(beats);
        expect(decodeBeatsBackwards(end, packed)).toEqual(beats);
      }),
    );
  });
});
