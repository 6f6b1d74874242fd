import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyBeat,
  applyIdentityMove,
  creditedSecondsOf,
  endSession,
  type EvidenceFact,
  encodeBeat,
  encodeMove,
  flushSegment,
  type IdentityMove,
  intersect,
  type Interval,
  lengthOf,
  openSession,
  replaySession,
  type SessionState,
  subtract,
  unite,
  viewState,
} from '../index.ts';
import { identityLimits, seedHash } from './testing/play-identity.ts';
import { limits, opening, play } from './testing/play-shots.ts';

const GATE = '00000000-0000-7000-8000-00000000a11e';
const gated = (waiting: readonly Interval[] = [], more: Partial<Parameters<typeof openSession>[0]> = {}) =>
  openSession({ ...opening, ...more, quiz: { gateId: GATE, waiting } });
const shots = (from: number, to: number) =>
  Array.from({ length: (to - from) / 15 + 1 }, (_, n) => ({ at: n * 15, media: from + n * 15 }));
const ended = (state: SessionState) => endSession(state, 'left', state.lastAtMs).state;
const seconds = (from: number, to: number): Interval => ({ from: from * 1000, to: to * 1000 });

describe('a lesson whose quiz is not passed (inspection table 32)', () => {
  it('credits nothing: every second waits under the round', () => {
    const flushed = flushSegment(ended(play(shots(0, 60), {}, gated()).state));
    expect(flushed.credited).toEqual([]);
    expect(flushed.awaiting).toEqual([{ gateId: GATE, set: [seconds(0, 60)] }]);
    expect(flushed.state.viewed).toEqual([]);
    expect(flushed.state.quiz?.waiting).toEqual([seconds(0, 60)]);
  });

  it('viewing again what waits neither waits twice nor uses up the day', () => {
    const state = ended(play(shots(0, 60), {}, gated([seconds(0, 45)])).state);
    expect(flushSegment(state).awaiting).toEqual([{ gateId: GATE, set: [seconds(45, 60)] }]);
    expect(state.dayCreditedMs).toBe(15_000);
  });

  it('is shown as confirmed viewing that never goes down, also when a segment is closed', () => {
    const { state } = play(shots(0, 60), {}, gated([seconds(0, 30)]));
    const before = viewState(state, state.lastAtMs, limits);
    const after = viewState(flushSegment(state).state, state.lastAtMs, limits);
    expect([before.creditedSeconds, before.quizSeconds]).toEqual([60, 60]);
    expect([after.creditedSeconds, after.quizSeconds]).toEqual([60, 60]);
  });

  it('what was credited before the quiz came is told apart from what waits', () => {
    const { state } = play(shots(0, 60), {}, gated([seconds(20, 30)], { viewed: [seconds(0, 20)] }));
    expect(viewState(state, state.lastAtMs, limits)).toMatchObject({ creditedSeconds: 60, quizSeconds: 40 });
  });

  it('the time of another training is withheld all the same', () => {
    const flushed = flushSegment(ended(play(shots(0, 60), {}, gated()).state), 20);
    expect(flushed.withheld).toEqual([seconds(40, 60)]);
    expect(flushed.awaiting).toEqual([{ gateId: GATE, set: [seconds(0, 40)] }]);
  });

  it('without a quiz nothing changes', () => {
    const { state } = play(shots(0, 60));
    expect('quiz' in state).toBe(false);
    expect(viewState(state, state.lastAtMs, limits).quizSeconds).toBeNull();
    expect(flushSegment(ended(state)).creditedSeconds).toBe(60);
  });
});

const stepArb = fc.record({
  wait: fc.integer({ min: 0, max: 140_000 }),
  move: fc.integer({ min: -400_000, max: 60_000 }),
  honest: fc.boolean(),
  touched: fc.boolean(),
  flush: fc.boolean(),
  next: fc.constantFrom('nothing', 'nothing', 'check-asked', 'check-passed', 'check-failed', 'check-deferred'),
});
type RandomStep = typeof stepArb extends fc.Arbitrary<infer One> ? One : never;
type Handed = { credited: Interval[]; forPeople: Interval[]; forQuiz: Interval[] };

/** Plays random steps with or without a quiz; the same steps lead to the same reports and moves. */
function run(steps: readonly RandomStep[], isGated: boolean, waiting: readonly Interval[], withIdentity: boolean) {
  const identity = withIdentity ? { identity: { start: 'fresh' as const, lessonChecked: true, seedHash } } : {};
  const quiz = isGated ? { quiz: { gateId: GATE, waiting } } : {};
  const rules = withIdentity ? identityLimits : limits;
  let state = openSession({ ...opening, ...identity, ...quiz });
  const facts: EvidenceFact[] = [
    {
      kind: 'opened',
      personId: 'p',
      lessonVersionId: 'l',
      courseId: 'c',
      topicId: null,
      organisationId: null,
      regionCode: null,
      address: '',
      deviceKind: '',
      deviceName: '',
      scheme: 'work-safety',
      ruleSetId: 'r',
      clientClockOffsetMs: null,
      ...opening,
      ...identity,
      ...quiz,
    },
  ];
  const handed: Handed = { credited: [], forPeople: [], forQuiz: [] };
  let packed: number[] = [];
  const shown: number[] = [];
  const take = (next: SessionState) => {
    const flushed = flushSegment(next);
    handed.credited.push(...flushed.credited);
    for (const one of flushed.awaiting)
      (one.checkId === undefined ? handed.forQuiz : handed.forPeople).push(...one.set);
    for (const one of flushed.awaiting) expect(one.gateId).toBe(isGated ? GATE : undefined);
    return flushed.state;
  };
  for (const [at, step] of steps.entries()) {
    if (state.ended) break;
    const mediaMs = Math.min(state.durationMs, Math.max(0, state.mediaMs + (step.honest ? step.wait : step.move)));
    const beat = { seq: at + 1, atMs: state.lastAtMs + step.wait, mediaMs, activity: 'playing' as const };
    const told = { ...beat, touched: step.touched, answered: false, late: false };
    const next = applyBeat(state, told, rules).state;
    if (next.ended) break;
    packed.push(
      ...encodeBeat(
        { seq: state.lastSeq, atMs: state.lastAtMs, mediaMs: state.mediaMs, activity: state.activity },
        told,
      ),
    );
    state = next;
    const isOpen = state.identity?.openCheck != null;
    const fits = step.next === 'check-asked' ? !isOpen : isOpen;
    if (withIdentity && step.next !== 'nothing' && fits) {
      const move: IdentityMove =
        step.next === 'check-asked'
          ? { type: step.next, atMs: state.lastAtMs }
          : {
              type: step.next,
              atMs: state.lastAtMs,
              checkId: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
              digest: 'ab'.repeat(16),
            };
      const moved = applyIdentityMove(state, move, rules).state;
      if (moved.ended) break;
      packed.push(...encodeMove(state.lastAtMs, move));
      state = moved;
    }
    if (step.flush) {
      facts.push({ kind: 'segment', beats: Buffer.from(packed).toString('base64') });
      packed = [];
      state = take(state);
    }
    shown.push(creditedSecondsOf(state));
  }
  const endedAtMs = state.lastAtMs;
  facts.push({ kind: 'closed', beats: Buffer.from(packed).toString('base64'), reason: 'left', endedAtMs });
  state = take(endSession(state, 'left', endedAtMs).state);
  return { handed, state, facts, rules, shown };
}

const sizeOf = (set: readonly Interval[]) => lengthOf(unite(set));

describe('properties over random clients', () => {
  it('a quiz lets wait exactly what would have been credited without it, and replays to the same rows', () => {
    fc.assert(
      fc.property(fc.array(stepArb, { maxLength: 60 }), fc.boolean(), (steps, withIdentity) => {
        const free = run(steps, false, [], withIdentity);
        const held = run(steps, true, [], withIdentity);
        expect(held.handed.credited).toEqual([]);
        expect(unite(held.handed.forQuiz)).toEqual(unite(free.handed.credited));
        expect(unite(held.handed.forPeople)).toEqual(unite(free.handed.forPeople));
        expect(held.shown).toEqual(free.shown);
        expect(held.state.dayCreditedMs).toBe(free.state.dayCreditedMs);
        const replay = replaySession(held.facts, held.rules);
        expect(replay.state).toEqual(held.state);
        expect(replay.rows.flatMap((row) => row.awaiting.flatMap((one) => one.set))).toHaveLength(
          held.handed.forQuiz.length + held.handed.forPeople.length,
        );
        expect(replay.rows.every((row) => row.creditedSeconds === 0)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('no second waits for the quiz alone twice, in one session or over several', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(stepArb, { maxLength: 25 }), { maxLength: 4 }),
        fc.boolean(),
        (sessions, withIdentity) => {
          let waiting: Interval[] = [];
          for (const steps of sessions) {
            const { handed, state } = run(steps, true, waiting, withIdentity);
            expect(lengthOf(handed.forQuiz)).toBe(sizeOf(handed.forQuiz));
            expect(lengthOf(intersect(unite(handed.forQuiz), waiting))).toBe(0);
            waiting = unite(waiting, handed.forQuiz);
            expect(state.quiz?.waiting).toEqual(waiting);
            expect(subtract(waiting, [{ from: 0, to: opening.durationMs }])).toEqual([]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
