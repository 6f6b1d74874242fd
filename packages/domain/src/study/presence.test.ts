import { describe, expect, it } from 'vitest';
import { type EndReason, endSession } from './index.ts';
import { play, type Shot, T0 } from './testing/play-shots.ts';

describe('presence (inspection table 30)', () => {
  const watch = (until: number): Shot[] =>
    Array.from({ length: until / 15 + 1 }, (_, i) => ({ at: i * 15, media: i * 15 }));

  it('asks at the set time and not a beat before', () => {
    expect(play(watch(585)).state.promptAskedAtMs).toBeNull();
    expect(play(watch(600)).state.promptAskedAtMs).toBe(T0 + 600_000);
  });

  it('an answer in the last second keeps everything; the clock stood still meanwhile', () => {
    const { state, credited } = play([...watch(600), { at: 660, media: 600, answered: true }, { at: 670, media: 610 }]);
    expect(state.ended).toBeNull();
    expect(credited).toBe(610);
  });

  it('touching the screen does not answer the question', () => {
    expect(play([...watch(600), { at: 630, media: 600, touched: true }]).state.promptAskedAtMs).not.toBeNull();
  });

  it('one second later the session is over and the part since the last sign of the learner is taken back', () => {
    const shots = watch(600).map((shot) => (shot.at === 300 ? { ...shot, touched: true } : shot));
    const { state, credited, effects } = play([
      ...shots,
      ...[615, 630, 645, 660, 675, 690, 705, 720, 735, 750, 765, 780, 795, 810, 825, 840, 855, 870, 885, 900].map(
        (at) => ({ at, media: at }),
      ),
      { at: 961, media: 900, answered: true },
    ]);
    expect(state.ended).toBe('no-presence');
    expect(credited).toBe(300);
    expect(effects).toContainEqual(
      expect.objectContaining({ type: 'refused', reason: 'no-presence', takenBackMs: 600_000 }),
    );
  });

  /** Touched at 300 s; the question is asked when nothing was heard of the learner for 600 s. */
  const touchedOnce = (until: number): Shot[] =>
    watch(until).map((shot) => (shot.at === 300 ? { ...shot, touched: true } : shot));

  const reasons: EndReason[] = ['left', 'finished', 'taken-over', 'vanished', 'signed-out'];
  it.each(reasons)('%s: the second before the question keeps everything', (reason) => {
    const { state } = play([...touchedOnce(885), { at: 899, media: 899 }]);
    expect(state.promptAskedAtMs).toBeNull();
    const ended = endSession(state, reason, T0 + 899_000);
    expect(ended.state).toMatchObject({ ended: reason, confirmed: [{ from: 0, to: 899_000 }] });
    expect(ended.effects).toEqual([{ type: 'ended', reason, atMs: T0 + 899_000 }]);
  });

  it.each(reasons)('%s: with the question open it counts as not answered, and its part is taken back', (reason) => {
    const { state } = play(touchedOnce(900));
    expect(state.promptAskedAtMs).toBe(T0 + 900_000);
    const ended = endSession(state, reason, T0 + 900_000);
    expect(ended.state).toMatchObject({
      ended: 'no-presence',
      confirmed: [{ from: 0, to: 300_000 }],
      pending: [],
      dayCreditedMs: 300_000,
    });
    expect(ended.effects).toContainEqual(
      expect.objectContaining({ type: 'refused', reason: 'no-presence', takenBackMs: 600_000 }),
    );
  });

  it.each(reasons)('%s: an answered question keeps everything', (reason) => {
    const { state } = play([...touchedOnce(900), { at: 905, media: 900, answered: true }]);
    const ended = endSession(state, reason, T0 + 905_000);
    expect(ended.state).toMatchObject({ ended: reason, confirmed: [{ from: 0, to: 900_000 }] });
  });
});
