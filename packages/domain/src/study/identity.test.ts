import { describe, expect, it } from 'vitest';
import {
  checkDueAfterMs,
  deliveredOf,
  type EndReason,
  endSession,
  flushSegment,
  lengthOf,
  longestUntilCheckMs,
  noteDelivered,
  openSession,
  viewState,
} from './index.ts';
import { CHECK, identityLimits, IdentityPlay, openIdentified } from './testing/play-identity.ts';
import { opening, T0 } from './testing/play-shots.ts';

const seconds = (set: readonly { from: number; to: number }[] | undefined) => lengthOf([...(set ?? [])]) / 1000;
const safeSeconds = (play: IdentityPlay) => seconds(play.state.confirmed);

describe('a check at the start (inspection table 11)', () => {
  const start = () => new IdentityPlay(openIdentified({ start: 'needed' }));

  it('nothing counts before it is passed', () => {
    const play = start().watch(0, 60);
    expect(safeSeconds(play) + seconds(play.state.pending)).toBe(0);
    expect(viewState(play.state, T0 + 60_000, play.rules)).toMatchObject({ state: 'check', reason: 'start' });
  });

  it('passed: counting begins', () => {
    const play = start().move('check-passed', 8).beat(9, 0).watch(24, 84, 9);
    expect(seconds(play.state.pending)).toBe(75);
  });

  it('one that was passed shortly before the opening stands for it', () => {
    expect(openIdentified().identity?.openCheck).toBeNull();
  });

  it.each<[at: number, ended: EndReason | null]>([
    [120, null],
    [121, 'identity-missed'],
  ])('answered within the set time (30): a report after %d s, ended: %s', (at, ended) => {
    expect(start().beat(at, 0).state.ended).toBe(ended);
  });

  it('who leaves before it has lost nothing and is not blamed', () => {
    expect(endSession(start().state, 'left', T0 + 5_000).state.ended).toBe('left');
  });
});

describe('a check at a random moment (inspection table 10, 30)', () => {
  const asked = () => new IdentityPlay().watch(0, 300).move('check-asked', 300);

  it('while it is open neither clock nor credit move', () => {
    const play = asked().watch(315, 375);
    expect(seconds(play.state.pending)).toBe(300);
    expect(play.effects.filter((one) => one.type === 'standing' && one.activity === 'check')).toHaveLength(5);
  });

  it('passed: everything since the last check is safe, and presence is proven with it', () => {
    const play = asked().move('check-passed', 309);
    expect(safeSeconds(play)).toBe(300);
    expect(play.state.presenceAtMs).toBe(T0 + 309_000);
  });

  it('touching the screen proves presence, not identity', () => {
    const play = new IdentityPlay().watch(0, 300).beat(315, 315, { touched: true });
    expect(safeSeconds(play)).toBe(0);
    expect(seconds(play.state.identity?.unvouched)).toBe(315);
  });

  it.each<[tries: number, ended: EndReason | null]>([
    [2, null],
    [3, 'identity-failed'],
  ])('failed %d times of 3: %s', (tries, ended) => {
    const play = asked();
    for (let n = 1; n <= tries; n += 1) play.move('check-failed', 300 + n * 10);
    expect(play.state.ended).toBe(ended);
    expect(seconds(play.state.pending) + seconds(play.state.identity?.unvouched)).toBe(ended ? 0 : 300);
  });

  it('the last try may be the one that passes', () => {
    const play = asked().move('check-failed', 310).move('check-failed', 320).move('check-passed', 330);
    expect(safeSeconds(play)).toBe(300);
  });

  it.each<[at: number, ended: EndReason | null]>([
    [420, null],
    [421, 'identity-missed'],
  ])('not answered by second %d: %s', (at, ended) => {
    expect(asked().beat(at, 300, { activity: 'paused' }).state.ended).toBe(ended);
  });

  it('what was passed before stays, what came after is taken back with the clause', () => {
    const play = asked().move('check-passed', 310).beat(311, 300).watch(326, 611, 11).move('check-asked', 611);
    const { state, effects } = endSession(play.state, 'left', T0 + 620_000);
    expect(state.ended).toBe('identity-missed');
    expect(seconds(state.confirmed)).toBe(300);
    expect(effects[0]).toMatchObject({ type: 'refused', reason: 'identity-unconfirmed', takenBackMs: 300_000 });
    expect(state.dayCreditedMs).toBe(300_000);
  });

  it.each<EndReason>(['left', 'finished', 'taken-over', 'vanished', 'signed-out'])(
    '%s with it open counts as missed',
    (reason) => {
      expect(endSession(asked().state, reason, T0 + 301_000).state).toMatchObject({
        ended: 'identity-missed',
        pending: [],
      });
    },
  );

  it.each<EndReason>(['left', 'finished', 'taken-over', 'vanished', 'signed-out'])(
    '%s without one open keeps everything',
    (reason) => {
      const { state } = endSession(new IdentityPlay().watch(0, 300).state, reason, T0 + 301_000);
      expect(state.ended).toBe(reason);
      expect(seconds(state.confirmed)).toBe(300);
    },
  );

  it('a rule set may take back the whole session', () => {
    const rules = { identityTakesBack: 'whole-session' } as const;
    const play = new IdentityPlay(openIdentified(), rules)
      .watch(0, 300)
      .move('check-asked', 300)
      .move('check-passed', 310);
    expect(flushSegment(play.state).creditedSeconds).toBe(0);
    play.beat(311, 300).watch(326, 611, 11).move('check-asked', 611);
    expect(seconds(endSession(play.state, 'identity-failed', T0 + 620_000).state.confirmed)).toBe(0);
    play.move('check-passed', 620);
    expect(seconds(endSession(play.state, 'left', T0 + 621_000).state.confirmed)).toBe(600);
  });
});

describe('a check left to people', () => {
  const deferred = () => new IdentityPlay().watch(0, 300).move('check-asked', 300).move('check-deferred', 310);

  it('the session goes on, its seconds wait under the verdict', () => {
    const play = deferred().beat(311, 300).watch(326, 611, 11);
    expect(viewState(play.state, T0 + 611_000, play.rules).awaitingSeconds).toBe(300);
    const { state } = endSession(play.state, 'left', T0 + 612_000);
    const flushed = flushSegment(state);
    expect(flushed.creditedSeconds).toBe(0);
    expect(flushed.awaiting).toEqual([{ checkId: CHECK, set: [{ from: 0, to: 600_000 }] }]);
  });

  it('the next passed check vouches only for what comes after it', () => {
    const play = deferred().beat(311, 300).watch(326, 611, 11).move('check-asked', 611).move('check-passed', 620);
    play.beat(621, 600).watch(636, 921, 21);
    const flushed = flushSegment(endSession(play.state, 'left', T0 + 922_000).state);
    expect(flushed.credited).toEqual([{ from: 600_000, to: 900_000 }]);
    expect(flushed.awaiting).toEqual([{ checkId: CHECK, set: [{ from: 0, to: 600_000 }] }]);
  });

  it('a later failure takes back what came after it was left to people', () => {
    const play = deferred().beat(311, 300).watch(326, 611, 11).move('check-asked', 611);
    const flushed = flushSegment(endSession(play.state, 'left', T0 + 620_000).state);
    expect(flushed.awaiting).toEqual([{ checkId: CHECK, set: [{ from: 0, to: 300_000 }] }]);
  });

  it('seconds that wait are not viewed twice and not credited twice', () => {
    const play = deferred().beat(311, 300).watch(326, 611, 11);
    play.beat(626, 0).watch(641, 941, 626);
    const flushed = flushSegment(endSession(play.state, 'left', T0 + 942_000).state);
    expect(seconds(flushed.credited)).toBe(0);
    expect(seconds(flushed.awaiting[0]?.set)).toBe(600);
  });
});

describe('when a check is due', () => {
  const identity = (with_: Parameters<typeof openIdentified>[0], durationMs?: number) => {
    const { identity: found } = openIdentified(with_, durationMs);
    if (!found) throw new Error('no identity');
    return found;
  };

  it('at most two bridgeable gaps below the limit: 11 of 15 minutes', () => {
    expect(longestUntilCheckMs(identity({ lessonChecked: true }), identityLimits)).toBe(660_000);
  });

  it('inside what is left of a lesson that has none yet', () => {
    expect(longestUntilCheckMs(identity({ lessonChecked: false }, 120_000), identityLimits)).toBe(117_500);
    expect(longestUntilCheckMs(identity({ lessonChecked: false }, 4_000), identityLimits)).toBe(2_000);
  });

  it.each([
    [0, 60_000],
    [0.5, 360_000],
    [0.999999, 659_999.4],
  ])('draw %d: after %d ms of viewing', (uniform, expected) => {
    expect(checkDueAfterMs(identity({ lessonChecked: true }), identityLimits, uniform)).toBeCloseTo(expected, 0);
  });

  it('is asked at the first report at or after that, and not at a late one', () => {
    const draw = () => 0.5;
    const play = new IdentityPlay().watch(0, 345);
    expect(play.due(draw)).toBeNull();
    play.beat(360, 360);
    expect(play.due(draw)).toBe('check-asked');
    expect(play.due(draw, true)).toBeNull();
    expect(play.watch(375, 480).due(draw, true)).toBe('check-asked');
  });

  it('viewing stops at the limit even if nobody asks', () => {
    const play = new IdentityPlay().watch(0, 1200);
    expect(seconds(play.state.pending)).toBe(900);
  });

  it('pictures in passing come between checks, while playing', () => {
    const play = new IdentityPlay(openIdentified(), { snapshotGapSeconds: 600 }).watch(0, 180);
    const draw = (kind: 'check' | 'snapshot') => (kind === 'check' ? 0.9 : 0);
    expect(play.due(draw)).toBe('snapshot-asked');
    play.move('snapshot-asked', 180);
    expect(play.due(draw)).toBeNull();
    expect(viewState(play.state, T0 + 181_000, play.rules).snapshot).toBe(1);
    expect(viewState(play.state, T0 + 241_000, play.rules).snapshot).toBeNull();
  });
});

describe('presence of the media (inspection table 11)', () => {
  const open = () => openSession({ ...opening, mediaDelivery: true });
  const sent = (...spans: [number, number][]) =>
    spans.reduce((state, [from, to]) => noteDelivered(state, { from: from * 1000, to: to * 1000 }), open());

  it('reports alone earn nothing', () => {
    const play = new IdentityPlay(open(), { identityGapSeconds: null }).watch(0, 120);
    const { state } = endSession(play.state, 'left', T0 + 121_000);
    expect(flushSegment(state)).toMatchObject({ creditedSeconds: 0, undelivered: [{ from: 0, to: 120_000 }] });
    expect(viewState(play.state, T0 + 120_000, play.rules)).toMatchObject({
      state: 'held',
      reason: 'media-missing',
      goToMs: 0,
      creditedSeconds: 0,
    });
  });

  it('what was sent counts, to the second of the segment', () => {
    const play = new IdentityPlay(sent([0, 60], [64, 120]), { identityGapSeconds: null }).watch(0, 120);
    const { state } = endSession(play.state, 'left', T0 + 121_000);
    expect(flushSegment(state)).toMatchObject({ creditedSeconds: 116, undelivered: [{ from: 60_000, to: 64_000 }] });
  });

  it('the last segment reaches the end although the picture is a little shorter than measured', () => {
    const last = opening.durationMs / 1000;
    expect(deliveredOf(sent([last - 4, last - 1]), [{ from: (last - 4) * 1000, to: opening.durationMs }])).toEqual([
      { from: (last - 4) * 1000, to: opening.durationMs },
    ]);
    expect(sent([last - 8, last - 2]).delivery?.all).toEqual([{ from: (last - 8) * 1000, to: (last - 2) * 1000 }]);
  });
});
