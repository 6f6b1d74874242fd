import type { StudyStatus } from '@antu/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudyClient } from './study-client.ts';
import type { SnapshotReport } from './study-transport.ts';
import { CHALLENGE_ID, CHECK_ID, FakeMedia, FakeServer, HttpFailure, LESSON_ID, openedWith, PHONE } from './testing.ts';

let server: FakeServer;
let media: FakeMedia;
let client: StudyClient;
let takeSnapshot: () => Promise<SnapshotReport>;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  media = new FakeMedia();
  takeSnapshot = vi.fn(async () => ({ picture: 'cGljdHVyZQ==', failure: null }) as const);
  client = new StudyClient({
    lessonVersionId: LESSON_ID,
    device: PHONE,
    transport: server,
    random: () => 0.5,
    isOnline: () => true,
    takeSnapshot: () => takeSnapshot(),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const activities = () => server.beats.map((beat) => beat.activity);
const check = (patch: Partial<NonNullable<StudyStatus['check']>> = {}): Partial<StudyStatus> => ({
  state: 'check',
  reason: 'random',
  check: { id: CHECK_ID, kind: 'random', answerWithinMs: 120_000, triesLeft: 3, ...patch },
});

async function openAndPlay() {
  await client.open();
  client.attach(media);
  client.play();
  client.mediaPlaying();
  await settle();
}
/** Plays until a check interrupts at 15 s; the server asks for it until told otherwise. */
async function playUntilChecked() {
  await openAndPlay();
  server.answer = () => ({ ...check(), creditedSeconds: 15, creditedToMs: 15_000 });
  await pass(15_000);
}

describe('a check in the middle', () => {
  it('stops the picture, says so, and stands in front', async () => {
    await playUntilChecked();
    expect(client.view).toMatchObject({ line: 'check', checking: true, check: { kind: 'random', triesLeft: 3 } });
    expect(media.running).toBe(false);
    expect(activities()).toEqual(['playing', 'playing', 'paused']);
    client.mediaPlaying();
    expect(media.running).toBe(false);
    expect(client.seekTo(1_000)).toBe(false);
  });

  it('goes on at the very frame once the learner has read that it passed', async () => {
    await playUntilChecked();
    await pass(4_000);
    server.answer = () => ({});
    await client.questions.settleCheck(CHALLENGE_ID, null);
    expect(server.settled).toEqual([CHALLENGE_ID]);
    expect(client.view).toMatchObject({ check: null, checking: true, line: 'check' });
    expect(media.running).toBe(false);
    client.questions.hideCheck();
    expect(media.running).toBe(true);
    expect(media.positionMs()).toBe(15_000);
    client.mediaPlaying();
    await settle();
    expect(client.view.line).toBe('counting');
  });

  it('does not come back with an answer that set out before the verdict', async () => {
    await playUntilChecked();
    await client.questions.settleCheck(CHALLENGE_ID, null);
    client.questions.hideCheck();
    client.mediaPlaying();
    await settle();
    expect(client.view.check).toBeNull();
    expect(media.running).toBe(true);
  });

  it('stays with one try less after a failed one, and never gives time back', async () => {
    await playUntilChecked();
    const deadlineMs = client.view.check?.deadlineMs;
    await pass(20_000);
    server.afterCheck = check({ triesLeft: 2, answerWithinMs: 110_000 });
    await client.questions.settleCheck(CHALLENGE_ID, 'too-dark');
    expect(client.view).toMatchObject({ check: { triesLeft: 2, deadlineMs }, checkProblem: 'too-dark', line: 'check' });
    server.afterCheck = check({ triesLeft: 1, answerWithinMs: 60_000 });
    await client.questions.settleCheck(CHALLENGE_ID, 'too-dark');
    expect(client.view.check?.deadlineMs).toBe(performance.now() + 60_000);
  });

  it('ends the session when the tries are used up, and tells what was taken back', async () => {
    await playUntilChecked();
    server.afterCheck = { state: 'ended', reason: 'identity-failed', creditedSeconds: 4 };
    await client.questions.settleCheck(CHALLENGE_ID, 'other-person');
    expect(client.view).toMatchObject({
      phase: 'ended',
      endedBecause: 'identity-failed',
      takenBackSeconds: 11,
      checkProblem: 'other-person',
      checking: false,
    });
    expect(client.creditedSeconds()).toBe(4);
  });

  it('does not call time that waits for people taken back', async () => {
    await playUntilChecked();
    server.afterCheck = { state: 'ended', reason: 'identity-failed', creditedSeconds: 4, awaitingSeconds: 5 };
    await client.questions.settleCheck(CHALLENGE_ID, null);
    expect(client.view.takenBackSeconds).toBe(6);
  });

  it('can be put off and taken up again while its time runs', async () => {
    await playUntilChecked();
    client.questions.hideCheck();
    expect(client.view).toMatchObject({ checking: false, line: 'check' });
    expect(media.running).toBe(false);
    client.play();
    expect(client.view.checking).toBe(true);
    expect(media.running).toBe(false);
  });

  it('tells on return how long the page was away, and that time ran out', async () => {
    await playUntilChecked();
    client.pageHidden();
    await pass(30_000);
    client.pageVisible();
    expect(client.view).toMatchObject({ line: 'check', awayMs: 30_000 });
    client.pageHidden();
    server.answer = () => ({ state: 'ended', reason: 'identity-missed', check: null, creditedSeconds: 0 });
    await pass(120_000);
    expect(client.view).toMatchObject({ endedBecause: 'identity-missed', takenBackSeconds: 15 });
  });

  it('keeps the check when the verdict could not be told', async () => {
    await playUntilChecked();
    server.down = new HttpFailure(0);
    await expect(client.questions.settleCheck(CHALLENGE_ID, null)).rejects.toThrow('HTTP 0');
    expect(client.view.check).not.toBeNull();
    server.down = null;
    await client.questions.settleCheck(CHALLENGE_ID, null);
    expect(client.view.check).toBeNull();
  });

  it('does not start a picture over that had come to its end', async () => {
    await openAndPlay();
    server.answer = () => ({ ...check(), creditedSeconds: 100, creditedToMs: 100_000 });
    media.at = 100_400;
    client.mediaEnded();
    await settle();
    expect(client.view.checking).toBe(true);
    server.answer = () => ({ creditedSeconds: 100, creditedToMs: 100_000 });
    await client.questions.settleCheck(CHALLENGE_ID, null);
    client.questions.hideCheck();
    await settle();
    expect(media.play).toHaveBeenCalledTimes(1);
    expect(activities().at(-1)).toBe('ended');
    expect(client.view.endedBecause).toBe('finished');
  });
});

describe('a check before the first play', () => {
  beforeEach(() => {
    server.opened = openedWith({ ...check({ kind: 'start' }), reason: 'start' });
  });

  it('waits for the learner to start, who then finds it in front', async () => {
    await client.open();
    client.attach(media);
    expect(client.view).toMatchObject({ line: 'check', checking: false, check: { kind: 'start' } });
    expect(server.beats).toEqual([]);
    client.play();
    expect(client.view.checking).toBe(true);
    expect(media.running).toBe(false);
    await expect(client.questions.beginCheck()).resolves.toMatchObject({ challengeId: CHALLENGE_ID, step: -1 });
  });

  it('plays by itself once passed', async () => {
    await client.open();
    client.attach(media);
    client.play();
    await client.questions.settleCheck(CHALLENGE_ID, null);
    client.questions.hideCheck();
    expect(media.running).toBe(true);
  });

  it('has no steps without a session', async () => {
    await expect(client.questions.beginCheck()).rejects.toThrow('no check is open');
  });
});

describe('pictures in passing', () => {
  it('are taken once for each number, without touching the picture', async () => {
    await openAndPlay();
    server.answer = () => ({ snapshot: { id: 1 } });
    await pass(15_000);
    expect(server.snapshots).toEqual([{ id: 1, report: { picture: 'cGljdHVyZQ==', failure: null } }]);
    await pass(15_000);
    expect(takeSnapshot).toHaveBeenCalledTimes(1);
    expect(media.pause).not.toHaveBeenCalled();
    server.answer = () => ({ snapshot: { id: 2 } });
    await pass(15_000);
    expect(server.snapshots.map((one) => one.id)).toEqual([1, 2]);
  });

  it('show that they are taken while they are', async () => {
    let finish: (report: SnapshotReport) => void = () => undefined;
    takeSnapshot = () => new Promise((resolve) => (finish = resolve));
    await openAndPlay();
    server.answer = () => ({ snapshot: { id: 1 } });
    await pass(15_000);
    expect(client.view.snapping).toBe(true);
    finish({ picture: null, failure: 'denied' });
    await settle();
    expect(client.view.snapping).toBe(false);
    expect(server.snapshots).toEqual([{ id: 1, report: { picture: null, failure: 'denied' } }]);
  });

  it('are delivered when the network is back, the same picture', async () => {
    await openAndPlay();
    server.answer = () => ({ snapshot: { id: 1 } });
    const send = vi.spyOn(server, 'sendSnapshot').mockRejectedValueOnce(new HttpFailure(0));
    await pass(15_000);
    await pass(2_000);
    expect(send).toHaveBeenCalledTimes(2);
    expect(takeSnapshot).toHaveBeenCalledTimes(1);
  });

  it('are given up when the server does not want them any more', async () => {
    await openAndPlay();
    server.answer = () => ({ snapshot: { id: 1 } });
    const send = vi.spyOn(server, 'sendSnapshot').mockRejectedValue(new HttpFailure(404));
    await pass(60_000);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('are not taken while a check is in front', async () => {
    await openAndPlay();
    server.answer = () => ({ ...check(), snapshot: { id: 1 } });
    await pass(15_000);
    expect(takeSnapshot).not.toHaveBeenCalled();
  });
});
