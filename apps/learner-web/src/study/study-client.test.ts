import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudyClient } from './study-client.ts';
import { FakeMedia, FakeServer, HttpFailure, LESSON_ID, PHONE, statusWith } from './testing.ts';

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
    device: PHONE,
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
