import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Activity,
  applyBeat,
  applyIdentityMove,
  type Beat,
  creditableSecondsOf,
  creditedSecondsOf,
  type Draw,
  encodeBeat,
  encodeMove,
  endSession,
  type EvidenceFact,
  flushSegment,
  type IdentityMove,
  mayLeaveUnasked,
  moveDue,
  noteDelivered,
  type OpenedFact,
  openSession,
  replaySession,
  type SessionState,
  type StudyLimits,
} from './index.ts';
import { CHECK, DIGEST, identityLimits } from './testing/play-identity.ts';
import { opening } from './testing/play-shots.ts';

const limits: StudyLimits = { ...identityLimits, snapshotGapSeconds: 1200, mediaDelivery: true };

interface Shot {
  readonly waitSeconds: number;
  /** Media beyond what the clock allows, seconds; negative goes back. */
  readonly leapSeconds: number;
  readonly activity: Activity;
  readonly touched: boolean;
  readonly late: boolean;
  readonly verdict: 'check-passed' | 'check-failed' | 'check-deferred' | 'silence';
  readonly seal: boolean;
}
const shot = fc.record<Shot>({
  waitSeconds: fc.oneof({ weight: 8, arbitrary: fc.constant(20) }, fc.integer({ min: 0, max: 130 })),
  leapSeconds: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: -300, max: 60 })),
  activity: fc.constantFrom<Activity>('playing', 'playing', 'playing', 'playing', 'paused', 'hidden', 'ended'),
  touched: fc.boolean(),
  late: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  verdict: fc.constantFrom('check-passed', 'check-passed', 'check-passed', 'check-failed', 'check-deferred', 'silence'),
  seal: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
});

const opened = (durationSeconds: number, lessonChecked: boolean): OpenedFact => ({
  kind: 'opened',
  personId: 'p',
  lessonVersionId: 'l',
  courseId: 'c',
  topicId: null,
  organisationId: null,
  regionCode: null,
  scheme: 'work-safety',
  ruleSetId: 'r',
  address: '203.0.113.7',
  deviceKind: 'phone',
  deviceName: 'Android',
  clientClockOffsetMs: null,
  ...opening,
  durationMs: durationSeconds * 1000 + 400,
  identity: { start: 'needed', lessonChecked, seedHash: 'c2VlZA==' },
  mediaDelivery: true,
});

/** Leads a session as the server does and writes its evidence. */
class Led {
  state: SessionState;
  readonly facts: EvidenceFact[];
  #bytes: number[] = [];
  /** Viewed between one passed or deferred check and the next, the longest, ms. */
  longestGapMs = 0;
  randomChecksPassed = 0;
  readonly #draw: Draw;

  constructor(fact: OpenedFact, draw: Draw) {
    this.facts = [fact];
    this.state = noteDelivered(openSession(fact), { from: 0, to: fact.durationMs });
    this.#draw = draw;
  }

  play(one: Shot): void {
    const atMs = this.state.lastAtMs + one.waitSeconds * 1000;
    const advanceMs = this.state.activity === 'playing' ? one.waitSeconds * 1000 : 0;
    const mediaMs = Math.min(
      this.state.durationMs,
      Math.max(0, this.state.mediaMs + advanceMs + one.leapSeconds * 1000),
    );
    const { activity, touched, late } = one;
    const beat: Beat = {
      seq: this.state.lastSeq + 1,
      atMs,
      mediaMs,
      activity,
      touched,
      answered: this.state.promptAskedAtMs !== null,
      late,
    };
    const step = applyBeat(this.state, beat, limits);
    if (step.state.ended) return this.close(step.state);
    const { lastSeq: seq, lastAtMs, mediaMs: wasMs, activity: was } = this.state;
    encodeBeat({ seq, atMs: lastAtMs, mediaMs: wasMs, activity: was }, beat, this.#bytes);
    this.state = step.state;
    this.longestGapMs = Math.max(this.longestGapMs, this.state.identity?.sinceMs ?? 0);
    const due = moveDue(this.state, limits, late, this.#draw);
    if (due) this.move({ type: due, atMs });
    if (this.state.identity?.openCheck && one.verdict !== 'silence' && !this.state.ended) {
      const { kind } = this.state.identity.openCheck;
      if (one.verdict === 'check-passed' && kind === 'random') this.randomChecksPassed += 1;
      this.move({ type: one.verdict, atMs: this.state.lastAtMs + 5_000, checkId: CHECK, digest: DIGEST });
    }
    if (one.seal && !this.state.ended) this.seal();
  }

  move(move: IdentityMove): void {
    encodeMove(this.state.lastAtMs, move, this.#bytes);
    const step = applyIdentityMove(this.state, move, limits);
    if (step.state.ended) this.close(step.state);
    else this.state = step.state;
  }

  seal(): void {
    this.facts.push({ kind: 'segment', beats: base64(this.#bytes), delivered: this.state.delivery?.fresh ?? [] });
    this.#flush();
  }

  close(state: SessionState): void {
    this.state = state;
    const { ended, lastAtMs, delivery } = state;
    if (!ended) throw new Error('still runs');
    this.facts.push({
      kind: 'closed',
      beats: base64(this.#bytes),
      reason: ended,
      endedAtMs: lastAtMs,
      delivered: delivery?.fresh ?? [],
    });
    this.#flush();
  }

  #flush(): void {
    this.#bytes = [];
    this.state = flushSegment(this.state).state;
  }
}
const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');

describe('the schedule of checks, for every length of video and every way of viewing', () => {
  const uniform = fc.integer({ min: 0, max: 999_999 }).map((millionths) => millionths / 1_000_000);
  const anything = [
    fc.integer({ min: 1, max: 4_000 }),
    fc.boolean(),
    fc.array(uniform, { minLength: 8, maxLength: 8 }),
    fc.array(shot, { maxLength: 260 }),
  ] as const;

  it('at most 15 minutes of viewing between two, at least one per video before it is finished, and replay agrees', () => {
    let finished = 0;
    fc.assert(
      fc.property(...anything, (seconds, lessonChecked, uniforms, shots) => {
        const draw: Draw = (kind, index) => uniforms[(index + (kind === 'check' ? 0 : 3)) % uniforms.length] ?? 0;
        const fact = opened(seconds, lessonChecked);
        const led = new Led(fact, draw);
        for (const one of shots) if (!led.state.ended) led.play(one);
        expect(led.longestGapMs).toBeLessThanOrEqual(900_000);
        if (!led.state.ended && mayLeaveUnasked(led.state))
          led.close(endSession(led.state, 'left', led.state.lastAtMs).state);
        const isFinished = led.state.ended && creditedSecondsOf(led.state) >= creditableSecondsOf(fact.durationMs);
        if (isFinished && !lessonChecked) {
          finished += 1;
          expect(led.randomChecksPassed).toBeGreaterThanOrEqual(1);
        }
        if (!led.state.ended) led.seal();
        const replay = replaySession(led.facts, limits, draw);
        expect(replay.state).toEqual(led.state);
        expect(replay.undue).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
    expect(finished).toBeGreaterThan(5);
  }, 60_000);

  it('a server that asks at other moments than its secret says is found out', () => {
    const draw: Draw = () => 0.2;
    const watching: Shot = {
      waitSeconds: 20,
      leapSeconds: 0,
      activity: 'playing',
      touched: true,
      late: false,
      verdict: 'check-passed',
      seal: false,
    };
    const led = new Led(opened(3_000, false), draw);
    for (let n = 0; n < 60; n += 1) led.play(watching);
    led.close(endSession(led.state, 'left', led.state.lastAtMs).state);
    expect(replaySession(led.facts, limits, draw).undue).toEqual([]);
    expect(replaySession(led.facts, limits, () => 0.7).undue.length).toBeGreaterThan(0);
  });

  it('the next moment cannot be computed from what was seen: equal pasts, any future within the window', () => {
    const past = new Led(opened(3_000, true), () => 0);
    const watching: Shot = {
      waitSeconds: 20,
      leapSeconds: 0,
      activity: 'playing',
      touched: true,
      late: false,
      verdict: 'check-passed',
      seal: false,
    };
    for (let n = 0; n < 3; n += 1) past.play(watching);
    const moments = new Set<number>();
    fc.assert(
      fc.property(uniform, (next) => {
        let { state } = past;
        let seconds = 0;
        while (moveDue(state, limits, false, () => next) !== 'check-asked') {
          seconds += 20;
          const beat: Beat = {
            seq: state.lastSeq + 1,
            atMs: state.lastAtMs + 20_000,
            mediaMs: state.mediaMs + 20_000,
            activity: 'playing',
            touched: true,
            answered: false,
            late: false,
          };
          state = applyBeat(state, beat, limits).state;
        }
        moments.add(seconds);
      }),
      { numRuns: 300 },
    );
    // Every report of eleven minutes may be the one that is answered with a check.
    expect(moments.size).toBeGreaterThan(20);
  });
});
