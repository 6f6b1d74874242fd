import type { StudyStatus } from '@antu/contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { activitiesOf, openAndPlay, pass, settle, setUpStudy } from './study-fixture.ts';
import type { SnapshotReport } from './study-transport.ts';
import { CHALLENGE_ID, CHECK_ID, HttpFailure, openedWith } from './testing.ts';

const study = setUpStudy();

const check = (patch: Partial<NonNullable<StudyStatus['check']>> = {}): Partial<StudyStatus> => ({
  state: 'check',
  reason: 'random',
  check: { id: CHECK_ID, kind: 'random', answerWithinMs: 120_000, triesLeft: 3, ...patch },
});

/** Plays until a check interrupts at 15 s; the server asks for it until told otherwise. */
async function playUntilChecked() {
  await openAndPlay(study);
  study.server.answer = () => ({ ...check(), creditedSeconds: 15, creditedToMs: 15_000 });
  await pass(15_000);
}

describe('a check in the middle', () => {
  it('stops the picture, says so, and stands in front', async () => {
    await playUntilChecked();
    expect(study.client.view).toMatchObject({ line: 'check', checking: true, check: { kind: 'random', triesLeft: 3 } });
    expect(study.media.running).toBe(false);
    expect(activitiesOf(study)).toEqual(['playing', 'playing', 'paused']);
    study.client.mediaPlaying();
    expect(study.media.running).toBe(false);
    expect(study.client.seekTo(1_000)).toBe(false);
  });

  it('goes on at the very frame once the learner has read that it passed', async () => {
    await playUntilChecked();
    await pass(4_000);
    study.server.answer = () => ({});
    await study.client.questions.settleCheck(CHALLENGE_ID, null);
    expect(study.server.settled).toEqual([CHALLENGE_ID]);
    expect(study.client.view).toMatchObject({ check: null, checking: true, line: 'check' });
    expect(study.media.running).toBe(false);
    study.client.questions.hideCheck();
    expect(study.media.running).toBe(true);
    expect(study.media.positionMs()).toBe(15_000);
    study.client.mediaPlaying();
    await settle();
    expect(study.client.view.line).toBe('counting');
  });

  it('does not come back with an answer that set out before the verdict', async () => {
    await playUntilChecked();
    await study.client.questions.settleCheck(CHALLENGE_ID, null);
    study.client.questions.hideCheck();
    study.client.mediaPlaying();
    await settle();
    expect(study.client.view.check).toBeNull();
    expect(study.media.running).toBe(true);
  });

  it('stays with one try less after a failed one, and never gives time back', async () => {
    await playUntilChecked();
    const deadlineMs = study.client.view.check?.deadlineMs;
    await pass(20_000);
    study.server.afterCheck = check({ triesLeft: 2, answerWithinMs: 110_000 });
    await study.client.questions.settleCheck(CHALLENGE_ID, 'too-dark');
    expect(study.client.view).toMatchObject({
      check: { triesLeft: 2, deadlineMs },
      checkProblem: 'too-dark',
      line: 'check',
    });
    study.server.afterCheck = check({ triesLeft: 1, answerWithinMs: 60_000 });
    await study.client.questions.settleCheck(CHALLENGE_ID, 'too-dark');
    expect(study.client.view.check?.deadlineMs).toBe(performance.now() + 60_000);
  });

  it('ends the session when the tries are used up, and tells what was taken back', async () => {
    await playUntilChecked();
    study.server.afterCheck = { state: 'ended', reason: 'identity-failed', creditedSeconds: 4 };
    await study.client.questions.settleCheck(CHALLENGE_ID, 'other-person');
    expect(study.client.view).toMatchObject({
      phase: 'ended',
      endedBecause: 'identity-failed',
      takenBackSeconds: 11,
      checkProblem: 'other-person',
      checking: false,
    });
    expect(study.client.creditedSeconds()).toBe(4);
  });

  it('does not call time that waits for people taken back', async () => {
    await playUntilChecked();
    study.server.afterCheck = { state: 'ended', reason: 'identity-failed', creditedSeconds: 4, awaitingSeconds: 5 };
    await study.client.questions.settleCheck(CHALLENGE_ID, null);
    expect(study.client.view.takenBackSeconds).toBe(6);
  });

  it('can be put off and taken up again while its time runs', async () => {
    await playUntilChecked();
    study.client.questions.hideCheck();
    expect(study.client.view).toMatchObject({ checking: false, line: 'check' });
    expect(study.media.running).toBe(false);
    study.client.play();
    expect(study.client.view.checking).toBe(true);
    expect(study.media.running).toBe(false);
  });

  it('tells on return how long the page was away, and that time ran out', async () => {
    await playUntilChecked();
    study.client.pageHidden();
    await pass(30_000);
    study.client.pageVisible();
    expect(study.client.view).toMatchObject({ line: 'check', awayMs: 30_000 });
    study.client.pageHidden();
    study.server.answer = () => ({ state: 'ended', reason: 'identity-missed', check: null, creditedSeconds: 0 });
    await pass(120_000);
    expect(study.client.view).toMatchObject({ endedBecause: 'identity-missed', takenBackSeconds: 15 });
  });

  it('keeps the check when the verdict could not be told', async () => {
    await playUntilChecked();
    study.server.down = new HttpFailure(0);
    await expect(study.client.questions.settleCheck(CHALLENGE_ID, null)).rejects.toThrow('HTTP 0');
    expect(study.client.view.check).not.toBeNull();
    study.server.down = null;
    await study.client.questions.settleCheck(CHALLENGE_ID, null);
    expect(study.client.view.check).toBeNull();
  });

  it('does not start a picture over that had come to its end', async () => {
    await openAndPlay(study);
    study.server.answer = () => ({ ...check(), creditedSeconds: 100, creditedToMs: 100_000 });
    study.media.at = 100_400;
    study.client.mediaEnded();
    await settle();
    expect(study.client.view.checking).toBe(true);
    study.server.answer = () => ({ creditedSeconds: 100, creditedToMs: 100_000 });
    await study.client.questions.settleCheck(CHALLENGE_ID, null);
    study.client.questions.hideCheck();
    await settle();
    expect(study.media.play).toHaveBeenCalledTimes(1);
    expect(activitiesOf(study).at(-1)).toBe('ended');
    expect(study.client.view.endedBecause).toBe('finished');
  });
});

describe('a check before the first play', () => {
  beforeEach(() => {
    study.server.opened = openedWith({ ...check({ kind: 'start' }), reason: 'start' });
  });

  it('waits for the learner to start, who then finds it in front', async () => {
    await study.client.open();
    study.client.attach(study.media);
    expect(study.client.view).toMatchObject({ line: 'check', checking: false, check: { kind: 'start' } });
    expect(study.server.beats).toEqual([]);
    study.client.play();
    expect(study.client.view.checking).toBe(true);
    expect(study.media.running).toBe(false);
    await expect(study.client.questions.beginCheck()).resolves.toMatchObject({ challengeId: CHALLENGE_ID, step: -1 });
  });

  it('plays by itself once passed', async () => {
    await study.client.open();
    study.client.attach(study.media);
    study.client.play();
    await study.client.questions.settleCheck(CHALLENGE_ID, null);
    study.client.questions.hideCheck();
    expect(study.media.running).toBe(true);
  });

  it('has no steps without a session', async () => {
    await expect(study.client.questions.beginCheck()).rejects.toThrow('no check is open');
  });
});

describe('pictures in passing', () => {
  it('are taken once for each number, without touching the picture', async () => {
    await openAndPlay(study);
    study.server.answer = () => ({ snapshot: { id: 1 } });
    await pass(15_000);
    expect(study.server.snapshots).toEqual([{ id: 1, report: { picture: 'cGljdHVyZQ==', failure: null } }]);
    await pass(15_000);
    expect(study.takeSnapshot).toHaveBeenCalledTimes(1);
    expect(study.media.pause).not.toHaveBeenCalled();
    study.server.answer = () => ({ snapshot: { id: 2 } });
    await pass(15_000);
    expect(study.server.snapshots.map((one) => one.id)).toEqual([1, 2]);
  });

  it('show that they are taken while they are', async () => {
    let finish: (report: SnapshotReport) => void = () => undefined;
    study.takeSnapshot = () => new Promise((resolve) => (finish = resolve));
    await openAndPlay(study);
    study.server.answer = () => ({ snapshot: { id: 1 } });
    await pass(15_000);
    expect(study.client.view.snapping).toBe(true);
    finish({ picture: null, failure: 'denied' });
    await settle();
    expect(study.client.view.snapping).toBe(false);
    expect(study.server.snapshots).toEqual([{ id: 1, report: { picture: null, failure: 'denied' } }]);
  });

  it('are delivered when the network is back, the same picture', async () => {
    await openAndPlay(study);
    study.server.answer = () => ({ snapshot: { id: 1 } });
    const send = vi.spyOn(study.server, 'sendSnapshot').mockRejectedValueOnce(new HttpFailure(0));
    await pass(15_000);
    await pass(2_000);
    expect(send).toHaveBeenCalledTimes(2);
    expect(study.takeSnapshot).toHaveBeenCalledTimes(1);
  });

  it('are given up when the server does not want them any more', async () => {
    await openAndPlay(study);
    study.server.answer = () => ({ snapshot: { id: 1 } });
    const send = vi.spyOn(study.server, 'sendSnapshot').mockRejectedValue(new HttpFailure(404));
    await pass(60_000);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('are not taken while a check is in front', async () => {
    await openAndPlay(study);
    study.server.answer = () => ({ ...check(), snapshot: { id: 1 } });
    await pass(15_000);
    expect(study.takeSnapshot).not.toHaveBeenCalled();
  });
});
