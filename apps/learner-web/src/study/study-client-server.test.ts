import { describe, expect, it } from 'vitest';
import { openAndPlay, pass, settle, setUpStudy } from './study-fixture.ts';
import { HttpFailure, openedWith } from './testing.ts';

const study = setUpStudy();

describe('StudyClient without a network', () => {
  it('keeps beats with their numbers, tells their age and catches up', async () => {
    await openAndPlay(study);
    study.server.down = new HttpFailure(0);
    study.online = false;
    await pass(45_000);
    expect(study.client.view.line).toBe('offline');
    expect(study.media.running).toBe(true);
    study.server.down = null;
    study.online = true;
    study.server.beats = [];
    study.client.deviceOnline();
    await settle();
    expect(study.server.beats.map(({ seq, mediaMs, ageMs }) => [seq, mediaMs, ageMs])).toEqual([
      [2, 15_000, 30_000],
      [3, 30_000, 15_000],
      [4, 45_000, 0],
    ]);
    expect(study.client.view.line).toBe('counting');
  });

  it('tries again with growing waits under the same number', async () => {
    await openAndPlay(study);
    study.server.down = new HttpFailure(503);
    study.server.requests = [];
    study.client.mediaPaused();
    study.media.pause();
    await pass(16_000); // at 0, 1, 3, 7 and 15 s
    expect(study.server.requests.map((beats) => beats[0]?.seq)).toEqual([2, 2, 2, 2, 2]);
    expect(study.server.requests.at(-1)?.[0]?.ageMs).toBe(15_000);
  });

  it('does not call one failed try a broken network', async () => {
    await openAndPlay(study);
    study.server.down = new HttpFailure(503);
    await pass(15_000);
    expect(study.client.view.line).toBe('counting');
    study.server.down = null;
    await pass(1_100);
    expect(study.client.view.line).toBe('counting');
    expect(study.server.beats.at(-1)?.seq).toBe(2);
  });

  it('stands still once watching on could not be credited, and goes on by itself', async () => {
    await openAndPlay(study);
    study.server.down = new HttpFailure(0);
    study.online = false;
    await pass(116_900);
    expect(study.media.running).toBe(true);
    await pass(200);
    expect(study.media.running).toBe(false);
    expect(study.client.view.line).toBe('offline-too-long');
    study.client.play();
    expect(study.media.running).toBe(false);
    study.server.down = null;
    await pass(20_000);
    expect(study.media.running).toBe(true);
  });

  it('says the sign-in is over instead of trying for ever', async () => {
    await openAndPlay(study);
    study.server.down = new HttpFailure(401);
    await pass(15_000);
    expect(study.client.view).toMatchObject({ line: 'ended', endedBecause: 'signed-out' });
    study.server.requests = [];
    await pass(60_000);
    expect(study.server.requests).toEqual([]);
  });

  it('can try again after the opening failed', async () => {
    study.server.down = new HttpFailure(0);
    await study.client.open();
    expect(study.client.view.line).toBe('failed');
    study.server.down = null;
    await study.client.open();
    expect(study.client.view.line).toBe('ready');
  });
});

describe('StudyClient obeying the server', () => {
  it('goes where the server says, says why, and does not jump twice for one order', async () => {
    await openAndPlay(study);
    study.server.answer = (last) =>
      last.mediaMs > 10_000
        ? { state: 'held', reason: 'network-gap', goToMs: 6_000, creditedToMs: 6_000, creditedSeconds: 6 }
        : { creditedToMs: 6_000, creditedSeconds: 6 };
    await pass(15_000);
    study.client.mediaPlaying();
    await settle();
    expect(study.media.seek.mock.calls).toEqual([[6_000]]);
    expect(study.client.view.sentBack).toEqual({ toMs: 6_000, reason: 'network-gap' });
    expect(study.server.beats.at(-1)).toMatchObject({ activity: 'playing', mediaMs: 6_000 });
    expect(study.client.view.line).toBe('counting');
  });

  it('says that nothing counts when the server holds without a way back', async () => {
    study.server.answer = () => ({ state: 'held', reason: 'daily-cap' });
    await openAndPlay(study);
    expect(study.client.view).toMatchObject({ line: 'held', heldReason: 'daily-cap' });
  });

  it('stops for the question, answers it with its number and goes on', async () => {
    await openAndPlay(study);
    const prompt = { id: '0198d6a0-0000-7000-8000-0000000000aa', answerWithinMs: 60_000 };
    study.server.answer = () => ({ state: 'prompt', prompt });
    await pass(15_000);
    expect(study.client.view).toMatchObject({ line: 'prompt', prompt: { id: prompt.id, withinMs: 60_000 } });
    expect(study.media.running).toBe(false);
    study.client.mediaPlaying();
    expect(study.client.view.line).toBe('prompt');
    study.server.answer = () => ({});
    study.client.questions.answerPrompt();
    study.client.mediaPlaying();
    await settle();
    expect(study.server.presences).toMatchObject([{ promptId: prompt.id, beat: { touched: true } }]);
    expect(study.client.view.line).toBe('counting');
    const seqs = [...study.server.beats, ...study.server.presences.map((one) => one.beat)].map((beat) => beat.seq);
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  it('asks the server what became of it when nobody answers', async () => {
    await openAndPlay(study);
    const prompt = { id: '0198d6a0-0000-7000-8000-0000000000aa', answerWithinMs: 60_000 };
    study.server.answer = () => ({ state: 'prompt', prompt });
    await pass(15_000);
    study.server.answer = () => ({ state: 'ended', reason: 'no-presence' });
    await pass(60_600);
    expect(study.client.view).toMatchObject({ line: 'ended', endedBecause: 'no-presence', prompt: null });
  });

  it('gives way to another device and takes over again on request', async () => {
    await openAndPlay(study);
    study.server.answer = () => ({ state: 'ended', reason: 'taken-over' });
    await pass(15_000);
    expect(study.client.view).toMatchObject({ line: 'ended', endedBecause: 'taken-over' });
    expect(study.media.running).toBe(false);
    study.server.answer = () => ({});
    study.server.opened = openedWith(
      { creditedSeconds: 33, creditedToMs: 33_000 },
      { resumeAtMs: 33_000, tookOver: true },
    );
    study.client.play();
    await settle();
    study.client.mediaPlaying();
    await settle();
    expect(study.media.seek).toHaveBeenLastCalledWith(33_000);
    expect(study.server.beats.at(-1)).toMatchObject({ seq: 1, activity: 'playing', mediaMs: 33_000 });
  });

  it('waits at the end until the last second is in, then closes', async () => {
    study.server.answer = (last) =>
      last.activity === 'ended'
        ? { state: 'counting', creditedSeconds: 97, creditedToMs: 97_000 }
        : { creditedSeconds: 90, creditedToMs: 90_000 };
    await openAndPlay(study, 90_000);
    await pass(10_300);
    study.media.pause();
    study.client.mediaEnded();
    await settle();
    expect(study.server.beats.at(-1)).toMatchObject({ activity: 'ended', mediaMs: 100_400 });
    expect(study.client.view.line).toBe('catching-up');
    study.server.answer = () => ({ state: 'standing', creditedSeconds: 100, creditedToMs: 100_400 });
    await pass(3_400);
    expect(study.client.view).toMatchObject({ phase: 'ended', endedBecause: 'finished' });
    expect(study.server.closed).toEqual([[]]);
  });

  it('sends the learner to what is missing when the end was reached without it', async () => {
    study.server.answer = () => ({ state: 'standing', creditedSeconds: 50, creditedToMs: 50_000 });
    await openAndPlay(study, 50_000);
    study.media.pause();
    study.client.mediaEnded();
    await settle();
    expect(study.client.view.line).toBe('missed');
    study.client.play();
    expect(study.media.seek).toHaveBeenLastCalledWith(50_000);
    expect(study.media.running).toBe(true);
  });
});
