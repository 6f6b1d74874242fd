import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudyClient } from './study-client.ts';
import { FakeMedia, FakeServer, HttpFailure, LESSON_ID, openedWith, statusWith } from './testing.ts';

let server: FakeServer;
let media: FakeMedia;
let client: StudyClient;
let online: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  media = new FakeMedia();
  online = true;
  client = new StudyClient({
    lessonVersionId: LESSON_ID,
    device: { kind: 'phone', name: 'Android Chrome' },
    transport: server,
    random: () => 0.5,
    isOnline: () => online,
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const activities = () => server.beats.map((beat) => beat.activity);

async function openAndPlay(resumeAtMs = 0) {
  await client.open();
  media.at = resumeAtMs;
  client.attach(media);
  client.play();
  client.mediaPlaying();
  await settle();
}

describe('StudyClient reporting', () => {
  it('stands until the learner starts, then counts', async () => {
    await client.open();
    client.attach(media);
    expect(client.view.line).toBe('ready');
    client.play();
    expect(client.view.line).toBe('starting');
    client.mediaPlaying();
    expect(client.view.line).toBe('starting');
    await settle();
    expect(client.view.line).toBe('counting');
    expect(server.beats).toEqual([{ seq: 1, mediaMs: 0, activity: 'playing', touched: false, ageMs: 0 }]);
  });

  it('reports at the rhythm that the server asks for, with growing numbers and the position', async () => {
    server.answer = () => ({ nextBeatMs: 5_000 });
    await openAndPlay();
    await pass(11_000);
    expect(server.beats.map(({ seq, mediaMs }) => [seq, mediaMs])).toEqual([
      [1, 0],
      [2, 5_000],
      [3, 10_000],
    ]);
  });

  it('tells of a touch once', async () => {
    await openAndPlay();
    client.touch();
    await pass(30_000);
    expect(server.beats.map((beat) => beat.touched)).toEqual([false, true, false]);
  });

  it('never reports a position beyond the lesson', async () => {
    await openAndPlay();
    media.at = 5_000_000;
    await pass(15_000);
    expect(server.beats.at(-1)?.mediaMs).toBe(100_400);
  });

  it('sees a stall and the way out of it', async () => {
    await openAndPlay();
    client.mediaStalled();
    expect(client.view.line).toBe('stalled');
    client.mediaPlaying();
    await settle();
    expect(activities()).toEqual(['playing', 'stalled', 'playing']);
  });

  it('settles the stretch before a jump on its own', async () => {
    server.answer = () => ({ creditedToMs: 60_000, creditedSeconds: 60 });
    await openAndPlay(50_000);
    await pass(2_000);
    expect(client.seekTo(10_000)).toBe(true);
    client.mediaPlaying();
    await settle();
    expect(server.beats.slice(1).map(({ activity, mediaMs }) => [activity, mediaMs])).toEqual([
      ['stalled', 52_000],
      ['playing', 10_000],
    ]);
    expect(client.view.line).toBe('again');
  });

  it('does not report each step of moving about while paused', async () => {
    server.answer = () => ({ creditedToMs: 60_000, creditedSeconds: 60 });
    await openAndPlay(50_000);
    media.pause();
    client.mediaPaused();
    for (const at of [40_000, 30_000, 20_000]) client.seekTo(at);
    await pass(1_000);
    expect(activities()).toEqual(['playing', 'paused']);
    client.play();
    expect(client.view.line).toBe('starting');
    client.mediaPlaying();
    await settle();
    expect(server.beats.at(-1)).toMatchObject({ activity: 'playing', mediaMs: 20_000 });
  });

  it('sends restless moves together instead of flooding the server', async () => {
    server.answer = () => ({ creditedToMs: 60_000, creditedSeconds: 60 });
    await openAndPlay(50_000);
    for (let n = 0; n < 25; n += 1) {
      client.seekTo(n * 1_000);
      client.mediaPlaying();
      await pass(50);
    }
    expect(server.requests.length).toBe(10);
    await pass(5_000);
    expect(server.beats.map((beat) => beat.seq)).toEqual(server.beats.map((_, at) => at + 1));
    expect(server.beats.at(-1)?.activity).toBe('playing');
  });

  it('never says the same twice within half a second', async () => {
    await openAndPlay();
    media.pause();
    client.mediaPaused();
    await pass(100);
    client.pageHidden();
    client.pageVisible();
    client.pageHidden();
    client.pageVisible();
    await settle();
    const told = [...new Map(server.beats.map((beat) => [beat.seq, beat])).values()];
    const same = told.filter((beat, at) => at > 0 && beat.activity === told[at - 1]?.activity);
    expect(same).toEqual([]);
  });

  it('refuses to jump beyond the credited point', async () => {
    await openAndPlay(0);
    expect(client.seekTo(50_000)).toBe(false);
    expect(media.seek).not.toHaveBeenCalled();
  });
});

describe('StudyClient and the page', () => {
  it('stops the picture itself when the page is hidden and says why', async () => {
    await openAndPlay();
    await pass(4_000);
    client.pageHidden();
    client.mediaPaused(); // the video's own event follows
    expect(media.running).toBe(false);
    await settle();
    expect(activities()).toEqual(['playing', 'hidden']);
    expect(client.view.line).toBe('hidden');
    await pass(130_000);
    client.pageVisible();
    expect(client.view).toMatchObject({ line: 'hidden', awayMs: 130_000 });
    expect(media.running).toBe(false);
    client.play();
    client.mediaPlaying();
    await settle();
    expect(client.view).toMatchObject({ line: 'counting', awayMs: null });
  });

  it('knows a pause by the browser just before hiding from one by the learner', async () => {
    await openAndPlay();
    media.pause();
    client.mediaPaused();
    await pass(200);
    client.pageHidden();
    client.pageVisible();
    expect(client.view.line).toBe('hidden');

    client.play();
    client.mediaPlaying();
    media.pause();
    client.mediaPaused();
    await pass(5_000);
    client.pageHidden();
    client.pageVisible();
    expect(client.view.line).toBe('paused');
  });

  it('does not start in a page that was opened behind another one', async () => {
    client.pageHidden();
    await openAndPlay();
    expect(media.running).toBe(false);
    expect(activities()).toEqual([]);
  });

  it('does not let the picture start while hidden', async () => {
    await openAndPlay();
    client.pageHidden();
    media.play();
    client.mediaPlaying();
    expect(media.running).toBe(false);
  });

  it('says that the page is hidden at once, beside a request still under way', async () => {
    await openAndPlay();
    let release = () => {};
    const slow = vi
      .spyOn(server, 'sendBeats')
      .mockImplementationOnce(() => new Promise((resolve) => (release = () => resolve(statusWith({ lastSeq: 2 })))));
    await pass(15_000);
    client.pageHidden();
    expect(slow.mock.lastCall?.[1].map((beat) => [beat.seq, beat.activity])).toEqual([
      [2, 'playing'],
      [3, 'hidden'],
    ]);
    release();
  });

  it('closes the session when the page goes for good, and only hides when it may return', async () => {
    await openAndPlay();
    await pass(3_000);
    client.pageLeaving(true);
    await settle();
    expect(server.closed).toEqual([]);
    client.pageVisible();
    client.pageLeaving(false);
    expect(server.closed[0]?.at(-1)).toMatchObject({ activity: 'paused', mediaMs: 3_000 });
  });
});

describe('StudyClient and the number on screen', () => {
  it('counts up between answers by no more than the time since the last one', async () => {
    server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(40_000);
    expect(client.creditedSeconds()).toBe(40);
    await pass(7_900);
    expect(client.creditedSeconds()).toBe(47);
    media.at += 30_000; // a picture that jumped must not pull the number along
    expect(client.creditedSeconds()).toBe(47);
  });

  it('stands while a part already credited is watched again', async () => {
    server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(10_000);
    await pass(12_000);
    expect(client.creditedSeconds()).toBe(40);
  });

  it('never goes down when the server was slower than hoped', async () => {
    server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(40_000);
    await pass(14_000);
    const before = client.creditedSeconds();
    server.answer = () => ({ creditedSeconds: 50, creditedToMs: 50_000 });
    client.mediaPaused();
    await settle();
    expect(before).toBe(54);
    expect(client.creditedSeconds()).toBe(54);
  });

  it('shows the truth when the server took seconds back for an absence', async () => {
    server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(40_000);
    await pass(10_000);
    server.answer = () => ({ creditedSeconds: 20, state: 'ended', reason: 'no-presence' });
    await pass(5_000);
    expect(client.creditedSeconds()).toBe(20);
    expect(client.view).toMatchObject({ line: 'ended', endedBecause: 'no-presence' });
    expect(media.running).toBe(false);
  });

  it('shows what the server confirmed when another device took over', async () => {
    server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(40_000);
    await pass(14_900);
    expect(client.creditedSeconds()).toBe(54);
    server.answer = () => ({ creditedSeconds: 40, creditedToMs: 0, state: 'ended', reason: 'taken-over' });
    await pass(200);
    expect(client.creditedSeconds()).toBe(40);
    expect(client.view.creditedToMs).toBe(40_000);
  });

  it('stands while the network is away', async () => {
    await openAndPlay();
    await pass(14_000);
    server.down = new HttpFailure(0);
    online = false;
    await pass(1_000);
    const atLoss = client.creditedSeconds();
    await pass(60_000);
    expect(client.creditedSeconds()).toBe(atLoss);
  });
});

describe('StudyClient without a network', () => {
  it('keeps beats with their numbers, tells their age and catches up', async () => {
    await openAndPlay();
    server.down = new HttpFailure(0);
    online = false;
    await pass(45_000);
    expect(client.view.line).toBe('offline');
    expect(media.running).toBe(true);
    server.down = null;
    online = true;
    server.beats = [];
    client.deviceOnline();
    await settle();
    expect(server.beats.map(({ seq, mediaMs, ageMs }) => [seq, mediaMs, ageMs])).toEqual([
      [2, 15_000, 30_000],
      [3, 30_000, 15_000],
      [4, 45_000, 0],
    ]);
    expect(client.view.line).toBe('counting');
  });

  it('tries again with growing waits under the same number', async () => {
    await openAndPlay();
    server.down = new HttpFailure(503);
    server.requests = [];
    client.mediaPaused();
    media.pause();
    await pass(16_000); // at 0, 1, 3, 7 and 15 s
    expect(server.requests.map((beats) => beats[0]?.seq)).toEqual([2, 2, 2, 2, 2]);
    expect(server.requests.at(-1)?.[0]?.ageMs).toBe(15_000);
  });

  it('does not call one failed try a broken network', async () => {
    await openAndPlay();
    server.down = new HttpFailure(503);
    await pass(15_000);
    expect(client.view.line).toBe('counting');
    server.down = null;
    await pass(1_100);
    expect(client.view.line).toBe('counting');
    expect(server.beats.at(-1)?.seq).toBe(2);
  });

  it('stands still once watching on could not be credited, and goes on by itself', async () => {
    await openAndPlay();
    server.down = new HttpFailure(0);
    online = false;
    await pass(116_900);
    expect(media.running).toBe(true);
    await pass(200);
    expect(media.running).toBe(false);
    expect(client.view.line).toBe('offline-too-long');
    client.play();
    expect(media.running).toBe(false);
    server.down = null;
    await pass(20_000);
    expect(media.running).toBe(true);
  });

  it('says the sign-in is over instead of trying for ever', async () => {
    await openAndPlay();
    server.down = new HttpFailure(401);
    await pass(15_000);
    expect(client.view).toMatchObject({ line: 'ended', endedBecause: 'signed-out' });
    server.requests = [];
    await pass(60_000);
    expect(server.requests).toEqual([]);
  });

  it('can try again after the opening failed', async () => {
    server.down = new HttpFailure(0);
    await client.open();
    expect(client.view.line).toBe('failed');
    server.down = null;
    await client.open();
    expect(client.view.line).toBe('ready');
  });
});

describe('StudyClient obeying the server', () => {
  it('goes where the server says, says why, and does not jump twice for one order', async () => {
    await openAndPlay();
    server.answer = (last) =>
      last.mediaMs > 10_000
        ? { state: 'held', reason: 'network-gap', goToMs: 6_000, creditedToMs: 6_000, creditedSeconds: 6 }
        : { creditedToMs: 6_000, creditedSeconds: 6 };
    await pass(15_000);
    client.mediaPlaying();
    await settle();
    expect(media.seek.mock.calls).toEqual([[6_000]]);
    expect(client.view.sentBack).toEqual({ toMs: 6_000, reason: 'network-gap' });
    expect(server.beats.at(-1)).toMatchObject({ activity: 'playing', mediaMs: 6_000 });
    expect(client.view.line).toBe('counting');
  });

  it('says that nothing counts when the server holds without a way back', async () => {
    server.answer = () => ({ state: 'held', reason: 'daily-cap' });
    await openAndPlay();
    expect(client.view).toMatchObject({ line: 'held', heldReason: 'daily-cap' });
  });

  it('stops for the question, answers it with its number and goes on', async () => {
    await openAndPlay();
    const prompt = { id: '0198d6a0-0000-7000-8000-0000000000aa', answerWithinMs: 60_000 };
    server.answer = () => ({ state: 'prompt', prompt });
    await pass(15_000);
    expect(client.view).toMatchObject({ line: 'prompt', prompt: { id: prompt.id, withinMs: 60_000 } });
    expect(media.running).toBe(false);
    client.mediaPlaying();
    expect(client.view.line).toBe('prompt');
    server.answer = () => ({});
    client.answerPrompt();
    client.mediaPlaying();
    await settle();
    expect(server.presences).toMatchObject([{ promptId: prompt.id, beat: { touched: true } }]);
    expect(client.view.line).toBe('counting');
    const seqs = [...server.beats, ...server.presences.map((one) => one.beat)].map((beat) => beat.seq);
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('asks the server what became of it when nobody answers', async () => {
    await openAndPlay();
    const prompt = { id: '0198d6a0-0000-7000-8000-0000000000aa', answerWithinMs: 60_000 };
    server.answer = () => ({ state: 'prompt', prompt });
    await pass(15_000);
    server.answer = () => ({ state: 'ended', reason: 'no-presence' });
    await pass(60_600);
    expect(client.view).toMatchObject({ line: 'ended', endedBecause: 'no-presence', prompt: null });
  });

  it('gives way to another device and takes over again on request', async () => {
    await openAndPlay();
    server.answer = () => ({ state: 'ended', reason: 'taken-over' });
    await pass(15_000);
    expect(client.view).toMatchObject({ line: 'ended', endedBecause: 'taken-over' });
    expect(media.running).toBe(false);
    server.answer = () => ({});
    server.opened = openedWith({ creditedSeconds: 33, creditedToMs: 33_000 }, { resumeAtMs: 33_000, tookOver: true });
    client.play();
    await settle();
    client.mediaPlaying();
    await settle();
    expect(media.seek).toHaveBeenLastCalledWith(33_000);
    expect(server.beats.at(-1)).toMatchObject({ seq: 1, activity: 'playing', mediaMs: 33_000 });
  });

  it('waits at the end until the last second is in, then closes', async () => {
    server.answer = (last) =>
      last.activity === 'ended'
        ? { state: 'counting', creditedSeconds: 97, creditedToMs: 97_000 }
        : { creditedSeconds: 90, creditedToMs: 90_000 };
    await openAndPlay(90_000);
    await pass(10_300);
    media.pause();
    client.mediaEnded();
    await settle();
    expect(server.beats.at(-1)).toMatchObject({ activity: 'ended', mediaMs: 100_400 });
    expect(client.view.line).toBe('catching-up');
    server.answer = () => ({ state: 'standing', creditedSeconds: 100, creditedToMs: 100_400 });
    await pass(3_400);
    expect(client.view).toMatchObject({ phase: 'ended', endedBecause: 'finished' });
    expect(server.closed).toEqual([[]]);
  });

  it('sends the learner to what is missing when the end was reached without it', async () => {
    server.answer = () => ({ state: 'standing', creditedSeconds: 50, creditedToMs: 50_000 });
    await openAndPlay(50_000);
    media.pause();
    client.mediaEnded();
    await settle();
    expect(client.view.line).toBe('missed');
    client.play();
    expect(media.seek).toHaveBeenLastCalledWith(50_000);
    expect(media.running).toBe(true);
  });
});
