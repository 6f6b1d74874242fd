import type { SessionIdentity } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import {
  checkBefore,
  gaveTrouble,
  longestGapSeconds,
  pictureOf,
  readIdentity,
  stripPictures,
  troublesWithin,
} from './identity-lane.ts';
import { at, check, sampleProof, T0 } from './testing/sample-proof.ts';

const s = (ms: number) => (ms - T0) / 1000;
const whole = { fromMs: T0, toMs: T0 + 3_600_000 };
const read = (identity: Partial<SessionIdentity>) =>
  readIdentity(
    {
      ...sampleProof,
      identity: { gapSeconds: 900, checks: [], viewedAfterSeconds: 0, snapshots: [], ...identity },
    },
    whole,
  );

describe('gaps between checks', () => {
  it('reach from a decided check to the next one being asked, with the viewing between them', () => {
    const { gaps } = read({
      checks: [check('start', 0, 12, 'passed', 0), check('random', 700, 712, 'passed', 640)],
      viewedAfterSeconds: 300,
    });
    expect(gaps.map((gap) => [s(gap.fromMs), s(gap.toMs), gap.viewedSeconds, gap.over, gap.open])).toEqual([
      [12, 700, 640, false, false],
      [712, 3600, 300, false, true],
    ]);
  });

  it.each([
    [900, false],
    [901, true],
  ])('of %i viewed seconds are over the limit of 15 minutes: %s', (viewedSeconds, over) => {
    const { gaps } = read({
      checks: [check('start', 0, 10, 'passed', 0), check('random', 2000, 2010, 'passed', viewedSeconds)],
    });
    expect(gaps[0]?.over).toBe(over);
  });

  it('count viewing, not the clock: a pause of half an hour is no gap', () => {
    const { gaps } = read({
      checks: [check('start', 0, 10, 'passed', 0), check('random', 3000, 3010, 'passed', 500)],
    });
    expect(gaps[0]).toMatchObject({ viewedSeconds: 500, over: false });
  });

  it('go on from a check left to two people, and not from one that failed', () => {
    const pending = read({ checks: [check('start', 0, 10, 'pending', 0)], viewedAfterSeconds: 60 });
    expect(pending.gaps).toHaveLength(1);
    const failed = read({
      checks: [check('start', 0, 10, 'passed', 0), check('random', 100, 160, 'failed', 90)],
      viewedAfterSeconds: 90,
    });
    expect(failed.gaps.map((gap) => [s(gap.fromMs), s(gap.toMs)])).toEqual([[10, 100]]);
  });

  it('begin at the beginning for a sign-in check before the opening', () => {
    const { checks, gaps } = read({
      checks: [check('sign-in', -200, -190, 'passed', 0), check('random', 400, 410, 'passed', 380)],
    });
    expect(s(checks[0]?.atMs ?? 0)).toBe(0);
    expect(gaps.map((gap) => [s(gap.fromMs), s(gap.toMs)])).toEqual([[0, 400]]);
  });

  it('have a longest one, or none', () => {
    expect(longestGapSeconds(read({}))).toBeNull();
    const two = read({
      checks: [check('start', 0, 9, 'passed', 0), check('random', 800, 809, 'passed', 790)],
      viewedAfterSeconds: 12,
    });
    expect(longestGapSeconds(two)).toBe(790);
  });
});

describe('checks of the lane', () => {
  it('give trouble when they failed, were missed or took more than one try', () => {
    const { checks } = read({
      checks: [
        check('start', 0, 9, 'passed', 0),
        { ...check('random', 100, 130, 'passed', 90), triesUsed: 2 },
        check('random', 200, 320, 'missed', 60),
        check('random', 400, 410, 'pending', 60),
      ],
    });
    expect(checks.map(gaveTrouble)).toEqual([false, true, true, false]);
  });

  it('explain the time they fall into', () => {
    const { checks } = read({
      checks: [
        check('random', 100, 130, 'passed', 90),
        { ...check('random', 200, 240, 'passed', 60), triesUsed: 2 },
        check('random', 400, 520, 'missed', 60),
      ],
    });
    const within = (from: number, to: number) =>
      troublesWithin(checks, [{ fromMs: T0 + from * 1000, toMs: T0 + to * 1000 }]).map((one) => one.place);
    expect(within(100, 130)).toEqual([]);
    expect(within(200, 240)).toEqual([1]);
    expect(within(250, 520)).toEqual([2]);
  });

  it('are found by the cursor once decided', () => {
    const identity = read({ checks: [check('start', 0, 12, 'passed', 0), check('random', 700, 712, 'failed', 640)] });
    expect(checkBefore(identity, T0 + 11_000)).toBeUndefined();
    expect(checkBefore(identity, T0 + 12_000)?.place).toBe(0);
    expect(checkBefore(identity, T0 + 711_000)?.place).toBe(0);
    expect(checkBefore(identity, T0 + 712_000)?.outcome).toBe('failed');
  });
});

describe('pictures of the strip', () => {
  const captures = [
    { id: 'c1', gone: true },
    { id: 'c2', gone: false },
    { id: 'c3', gone: false },
  ];

  it('are the first one left of each check and every snapshot that arrived and is still there', () => {
    const identity = read({
      checks: [
        { ...check('start', 0, 9, 'passed', 0), captures },
        { ...check('random', 100, 109, 'passed', 90), captures: [{ id: 'c4', gone: true }] },
        { ...check('random', 300, 420, 'missed', 90), captures: [] },
      ],
      snapshots: [
        { captureId: 's1', at: at(50), finding: 'match', gone: false },
        { captureId: null, at: at(150), finding: 'missing', gone: false },
        { captureId: 's2', at: at(250), finding: 'match', gone: true },
      ],
    });
    expect(stripPictures(identity)).toEqual(['c2', 's1']);
  });

  it('say that a picture is gone when none is left', () => {
    expect(pictureOf({ captures: [{ id: 'c4', gone: true }] })).toEqual({ id: 'c4', gone: true });
    expect(pictureOf({ captures: [] })).toBeUndefined();
  });
});
