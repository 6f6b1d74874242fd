import {
  type Activity,
  applyBeat,
  type Beat,
  type OpenedFact,
  openSession,
  type StudyLimits,
  unite,
} from '@antu/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSessionRows } from '../demo/build-session-rows.ts';
import { type Incident, playLesson } from '../demo/play-lesson.ts';
import { judgeSession } from './judge-session.ts';
import { findBrokenRow } from './stored-evidence.ts';
import { getStudyRuleSet, limitsOf } from '@antu/domain';

const RULES = 'work-safety.study.2022-07-01';
const uncapped: StudyLimits = limitsOf(getStudyRuleSet(RULES));
const CAPPED = 'driver-licence.study.2022-04-01';
const T0 = Date.UTC(2026, 5, 17, 2);
const opened = (with_: Partial<OpenedFact> = {}): OpenedFact => ({
  kind: 'opened',
  personId: '00000000-0000-7000-8000-000000000001',
  lessonVersionId: '00000000-0000-7000-8000-000000000002',
  courseId: '00000000-0000-7000-8000-000000000003',
  topicId: null,
  organisationId: null,
  regionCode: null,
  scheme: 'work-safety',
  ruleSetId: RULES,
  openedAtMs: T0,
  durationMs: 600_500,
  resumeAtMs: 0,
  viewed: [],
  dayCreditedMs: 0,
  address: '203.0.113.7',
  deviceKind: 'phone',
  deviceName: 'Android',
  clientClockOffsetMs: null,
  ...with_,
});

function judgePlay(incidents: Incident[], with_: Partial<OpenedFact> = {}) {
  const opening = opened(with_);
  const limits = limitsOf(getStudyRuleSet(opening.ruleSetId));
  const played = playLesson(opening, limits, incidents, () => 0.5);
  const rows = buildSessionRows({ sessionId: 's', opened: opening, limits, ...played, ledgerId: () => 'l' });
  expect(findBrokenRow(rows.evidence)).toBeNull();
  return { rows, judged: judgeSession(rows.evidence) };
}

function expectSums(judged: ReturnType<typeof judgeSession>) {
  const { sums, opened: opening, untilMs } = judged;
  expect(sums.totalSeconds).toBe(Math.floor((untilMs - opening.openedAtMs) / 1000));
  expect(sums.creditedSeconds + sums.notCreditedSeconds).toBe(sums.totalSeconds);
  expect(sums.byReason.reduce((sum, one) => sum + one.seconds, 0)).toBe(sums.notCreditedSeconds);
  expect(sums.stretches.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(sums.creditedSeconds);
  let at = new Date(opening.openedAtMs).toISOString();
  for (const stretch of sums.stretches) {
    expect(stretch.from).toBe(at);
    expect(stretch.to > stretch.from).toBe(true);
    at = stretch.to;
  }
  if (untilMs > opening.openedAtMs) expect(at).toBe(new Date(untilMs).toISOString());
}

const reasonsOf = (judged: ReturnType<typeof judgeSession>) =>
  Object.fromEntries(judged.sums.byReason.map(({ reason, seconds }) => [reason, seconds]));

describe('the sums of a proof', () => {
  it('an honest lesson is credited whole', () => {
    const { judged, rows } = judgePlay([]);
    expectSums(judged);
    expect(judged.sums.creditedSeconds).toBe(600);
    expect(rows.ledger.reduce((sum, one) => sum + one.fact.creditedSeconds, 0)).toBe(600);
    expect(judged.sums.stretches.filter((one) => one.kind === 'credited')).toHaveLength(1);
  });

  it('names another page in front, a pause and a lost network with their lengths and clauses', () => {
    const { judged } = judgePlay([
      { kind: 'hide', atSeconds: 60, seconds: 108 },
      { kind: 'pause', atSeconds: 240, seconds: 30 },
      { kind: 'lose-network', atSeconds: 400, seconds: 200 },
    ]);
    expectSums(judged);
    expect(reasonsOf(judged)).toMatchObject({ hidden: 108, paused: expect.any(Number) });
    expect(reasonsOf(judged)['network-gap']).toBeGreaterThanOrEqual(200);
    expect(judged.sums.byReason.find((one) => one.reason === 'hidden')?.clause?.item).toBe('31');
    expect(judged.sums.creditedSeconds).toBe(600);
  });

  it('a bridged gap is credited', () => {
    const { judged } = judgePlay([{ kind: 'lose-network', atSeconds: 100, seconds: 100 }]);
    expectSums(judged);
    expect(reasonsOf(judged)['network-gap']).toBeUndefined();
    expect(judged.sums.creditedSeconds).toBe(600);
  });

  it('jumping ahead is refused until the learner is back', () => {
    const { judged } = judgePlay([{ kind: 'seek-ahead', atSeconds: 100, toMediaSeconds: 500 }]);
    expectSums(judged);
    expect(reasonsOf(judged)['seek-ahead']).toBeGreaterThan(0);
  });

  it('what nobody watched is taken back when the question is not answered', () => {
    const { judged, rows } = judgePlay([{ kind: 'walk-away', atSeconds: 200 }], { durationMs: 3_000_000 });
    expectSums(judged);
    expect(rows.evidence.at(-1)?.fact).toMatchObject({ kind: 'closed', reason: 'no-presence' });
    expect(reasonsOf(judged)['no-presence']).toBeGreaterThanOrEqual(600);
    expect(judged.sums.creditedSeconds).toBeLessThanOrEqual(200);
  });

  it('seconds seen before are not counted again', () => {
    const { judged } = judgePlay([], { viewed: [{ from: 0, to: 300_000 }], resumeAtMs: 0 });
    expectSums(judged);
    expect(judged.sums.creditedSeconds).toBe(300);
    expect(reasonsOf(judged)['seen-before']).toBe(300);
  });

  it('what goes beyond the limit of the day is refused from that second on', () => {
    const dayCreditedMs = 4 * 3_600_000 - 100_000;
    const { judged } = judgePlay([], { ruleSetId: CAPPED, scheme: 'driver-licence', dayCreditedMs });
    expectSums(judged);
    expect(judged.sums.creditedSeconds).toBe(100);
    expect(reasonsOf(judged)['daily-cap']).toBeGreaterThanOrEqual(499);
  });

  it('seconds that another training counted are refused at the end of the segment', () => {
    const { rows } = judgePlay([]);
    const withheld = rows.evidence.map((row) =>
      row.fact.kind === 'closed' ? { ...row, fact: { ...row.fact, overlapSeconds: 40 } } : row,
    );
    const judged = judgeSession(withheld);
    expectSums(judged);
    expect(judged.sums.creditedSeconds).toBe(560);
    expect(reasonsOf(judged)).toMatchObject({ 'other-scheme-overlap': 40 });
  });

  it('add up for any client, with and without a limit of the day', () => {
    const shot = fc.record({
      waitMs: fc.integer({ min: 0, max: 200_000 }),
      leapMs: fc.integer({ min: -400_000, max: 400_000 }),
      onTime: fc.boolean(),
      activity: fc.constantFrom<Activity>('playing', 'playing', 'playing', 'paused', 'hidden', 'stalled', 'ended'),
      touched: fc.boolean(),
      answered: fc.boolean(),
    });
    const reason = fc.constantFrom('left' as const, 'vanished' as const, 'taken-over' as const, 'no-presence' as const);
    const viewed = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 200 })), { maxLength: 3 })
      .map((list) =>
        unite(list.map(([from, length]) => ({ from: from * 1000, to: Math.min(600, from + length) * 1000 }))),
      );
    fc.assert(
      fc.property(
        fc.array(shot, { maxLength: 60 }),
        reason,
        viewed,
        fc.integer({ min: 0, max: 5_000 }),
        fc.option(fc.integer({ min: 0, max: 900_000 })),
        (shots, end, seen, waitMs, leftMs) => {
          const capped = limitsOf(getStudyRuleSet(CAPPED));
          const limits = leftMs === null ? uncapped : capped;
          const allowance =
            leftMs === null ? {} : { ruleSetId: CAPPED, dayCreditedMs: (capped.dailyCapSeconds ?? 0) * 1000 - leftMs };
          const opening = opened({ viewed: seen, openedAtMs: T0 + 13, ...allowance });
          const beats: Beat[] = [];
          let state = openSession(opening);
          for (const one of shots) {
            const leap = one.onTime ? one.waitMs : one.leapMs;
            const mediaMs = Math.min(opening.durationMs, Math.max(0, state.mediaMs + leap));
            const { activity, touched, answered } = one;
            const beat = {
              seq: state.lastSeq + 1,
              atMs: state.lastAtMs + one.waitMs,
              mediaMs,
              activity,
              touched,
              answered,
              late: false,
            };
            const next = applyBeat(state, beat, limits).state;
            if (next.ended) break;
            state = next;
            beats.push(beat);
          }
          const plan = { sessionId: 's', opened: opening, limits, reports: beats, ledgerId: () => 'l' };
          const rows = buildSessionRows({ ...plan, end: { reason: end, atMs: state.lastAtMs + waitMs } });
          const judged = judgeSession(rows.evidence);
          expectSums(judged);
          expect(judged.sums.creditedSeconds).toBe(rows.ledger.reduce((sum, one) => sum + one.fact.creditedSeconds, 0));
          const live = judgeSession(rows.evidence.slice(0, -1), Buffer.from(beatsOfLast(rows.evidence)));
          expectSums(live);
        },
      ),
      { numRuns: 300 },
    );
  });
});

function beatsOfLast(rows: ReturnType<typeof buildSessionRows>['evidence']): Buffer {
  const fact = rows.at(-1)?.fact;
  return Buffer.from(fact?.kind === 'closed' ? fact.beats : '', 'base64');
}
