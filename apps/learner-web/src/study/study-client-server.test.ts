import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudyClient } from './study-client.ts';
import { FakeMedia, FakeServer, HttpFailure, LESSON_ID, PHONE, openedWith } from './testing.ts';

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

async function openAndPlay(resumeAtMs = 0) {
  await client.open();
  media.at = resumeAtMs;
  client.attach(media);
  client.play();
  client.mediaPlaying();
  await settle();
}

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
    client.questions.answerPrompt();
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
