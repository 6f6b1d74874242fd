import type { Effect, OpenedFact, Replay, ReplayedRow } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { checksOf, snapshotTimesOf, viewedAfterMs } from './asked-checks.ts';
import { layOut } from './stretches.ts';

const T0 = Date.UTC(2026, 10, 26, 2);
const at = (seconds: number): number => T0 + seconds * 1000;
const opened = (start: 'needed' | 'fresh'): OpenedFact => ({
  kind: 'opened',
  personId: 'p',
  lessonVersionId: 'l',
  courseId: 'c',
  topicId: null,
  organisationId: null,
  regionCode: null,
  scheme: 'work-safety',
  ruleSetId: 'work-safety.study.2026-11-25',
  openedAtMs: T0,
  durationMs: 3_600_000,
  resumeAtMs: 0,
  viewed: [],
  dayCreditedMs: 0,
  address: '203.0.113.7',
  deviceKind: 'phone',
  deviceName: '',
  clientClockOffsetMs: null,
  identity: { start, lessonChecked: false, seedHash: '' },
});
const rowOf = (effects: readonly Effect[]): ReplayedRow => ({
  index: 1,
  startedAtMs: T0,
  endedAtMs: T0,
  beats: [],
  moves: [],
  effects,
  credited: [],
  creditedSeconds: 0,
  withheld: [],
  awaiting: [],
});
const replayOf = (effects: readonly Effect[]) => ({ rows: [rowOf(effects)] }) as unknown as Replay;
const played = (from: number, to: number, media: number): Effect => ({
  type: 'credited',
  fromAtMs: at(from),
  toAtMs: at(to),
  mediaFromMs: media * 1000,
  mediaToMs: (media + to - from) * 1000,
  newMs: (to - from) * 1000,
});
const waited = (from: number, to: number): Effect => ({
  type: 'standing',
  activity: 'check',
  fromAtMs: at(from),
  toAtMs: at(to),
});
const settled = (
  type: 'check-passed' | 'check-failed' | 'check-deferred',
  seconds: number,
  checkId: string,
): Effect => ({
  type,
  atMs: at(seconds),
  checkId,
  confirms: [],
});
const asked = (seconds: number): Effect => ({ type: 'check-asked', atMs: at(seconds) });

describe('checks as the evidence tells them', () => {
  const effects: Effect[] = [
    waited(0, 12),
    settled('check-passed', 12, 'v1'),
    played(12, 612, 0),
    asked(612),
    waited(612, 640),
    settled('check-failed', 640, 'v2'),
    waited(640, 660),
    settled('check-passed', 660, 'v3'),
    played(660, 760, 600),
    { type: 'snapshot-asked', atMs: at(700) },
    asked(760),
    waited(760, 770),
    settled('check-deferred', 770, 'v4'),
    played(770, 800, 700),
  ];

  it('have their question, their end, their tries and the viewing before them', () => {
    const found = checksOf(opened('needed'), replayOf(effects));
    expect(
      found.map((one) => [
        one.kind,
        (one.askedAtMs - T0) / 1000,
        ((one.decidedAtMs ?? T0) - T0) / 1000,
        one.outcome,
        one.verdictId,
        one.triesUsed,
        one.viewedMs / 1000,
      ]),
    ).toEqual([
      ['start', 0, 12, 'passed', 'v1', 1, 0],
      ['random', 612, 660, 'passed', 'v3', 2, 600],
      ['random', 760, 770, 'pending', 'v4', 1, 100],
    ]);
    expect(viewedAfterMs(opened('needed'), replayOf(effects))).toBe(30_000);
    expect(snapshotTimesOf(replayOf(effects))).toEqual([at(700)]);
  });

  it.each([
    ['identity-failed', 'failed'],
    ['identity-missed', 'missed'],
    ['left', 'missed'],
  ] as const)('open at an end by %s are %s', (reason, outcome) => {
    const ended: Effect[] = [
      played(0, 60, 0),
      asked(60),
      settled('check-failed', 90, 'v1'),
      { type: 'ended', reason, atMs: at(180) },
    ];
    const found = checksOf(opened('fresh'), replayOf(ended));
    expect(found).toMatchObject([{ kind: 'random', outcome, decidedAtMs: at(180), verdictId: 'v1', triesUsed: 1 }]);
    // Nothing was vouched for: what was viewed still stands after the last check.
    expect(viewedAfterMs(opened('fresh'), replayOf(ended))).toBe(60_000);
  });

  it('of a running session may still be open', () => {
    const found = checksOf(opened('fresh'), replayOf([played(0, 60, 0), asked(60)]));
    expect(found).toMatchObject([{ outcome: null, decidedAtMs: null, triesUsed: 0 }]);
  });

  it('of a sign-in before the session are none of it', () => {
    expect(checksOf(opened('fresh'), replayOf([played(0, 60, 0)]))).toEqual([]);
  });

  it('tell the wait for a failed check apart, and only that', () => {
    const pieces = layOut(opened('needed'), [rowOf(effects)], at(800));
    expect(
      pieces
        .filter((piece) => piece.kind === 'standing')
        .map((piece) => [piece.reason, (piece.fromMs - T0) / 1000, (piece.toMs - T0) / 1000]),
    ).toEqual([
      ['check', 0, 12],
      ['check-retry', 612, 640],
      ['check-retry', 640, 660],
      ['check', 760, 770],
    ]);
  });

  it('that fail take back what was viewed since the last passed one, and their own wait', () => {
    const lost: Effect[] = [
      waited(0, 10),
      settled('check-passed', 10, 'v1'),
      played(10, 110, 0),
      asked(110),
      waited(110, 130),
      settled('check-failed', 130, 'v2'),
      {
        type: 'refused',
        reason: 'identity-unconfirmed',
        fromAtMs: at(10),
        toAtMs: at(230),
        mediaFromMs: 0,
        mediaToMs: 100_000,
        takenBackMs: 100_000,
      },
      { type: 'ended', reason: 'identity-missed', atMs: at(230) },
    ];
    const pieces = layOut(opened('needed'), [rowOf(lost)], at(230));
    expect(
      pieces.map((piece) => [piece.kind, piece.reason, (piece.fromMs - T0) / 1000, (piece.toMs - T0) / 1000]),
    ).toEqual([
      ['standing', 'check', 0, 10],
      ['refused', 'identity-unconfirmed', 10, 110],
      ['refused', 'identity-unconfirmed', 110, 130],
      ['refused', 'identity-unconfirmed', 130, 230],
    ]);
  });
});
