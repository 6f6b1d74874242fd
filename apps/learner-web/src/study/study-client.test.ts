import { describe, expect, it, vi } from 'vitest';
import { activitiesOf, openAndPlay, pass, settle, setUpStudy } from './study-fixture.ts';
import { HttpFailure, statusWith } from './testing.ts';

const study = setUpStudy();

describe('StudyClient reporting', () => {
  it('stands until the learner starts, then counts', async () => {
    await study.client.open();
    study.client.attach(study.media);
    expect(study.client.view.line).toBe('ready');
    study.client.play();
    expect(study.client.view.line).toBe('starting');
    study.client.mediaPlaying();
    expect(study.client.view.line).toBe('starting');
    await settle();
    expect(study.client.view.line).toBe('counting');
    expect(study.server.beats).toEqual([{ seq: 1, mediaMs: 0, activity: 'playing', touched: false, ageMs: 0 }]);
  });

  it('reports at the rhythm that the server asks for, with growing numbers and the position', async () => {
    study.server.answer = () => ({ nextBeatMs: 5_000 });
    await openAndPlay(study);
    await pass(11_000);
    expect(study.server.beats.map(({ seq, mediaMs }) => [seq, mediaMs])).toEqual([
      [1, 0],
      [2, 5_000],
      [3, 10_000],
    ]);
  });

  it('tells of a touch once', async () => {
    await openAndPlay(study);
    study.client.touch();
    await pass(30_000);
    expect(study.server.beats.map((beat) => beat.touched)).toEqual([false, true, false]);
  });

  it('never reports a position beyond the lesson', async () => {
    await openAndPlay(study);
    study.media.at = 5_000_000;
    await pass(15_000);
    expect(study.server.beats.at(-1)?.mediaMs).toBe(100_400);
  });

  it('sees a stall and the way out of it', async () => {
    await openAndPlay(study);
    study.client.mediaStalled();
    expect(study.client.view.line).toBe('stalled');
    study.client.mediaPlaying();
    await settle();
    expect(activitiesOf(study)).toEqual(['playing', 'stalled', 'playing']);
  });

  it('settles the stretch before a jump on its own', async () => {
    study.server.answer = () => ({ creditedToMs: 60_000, creditedSeconds: 60 });
    await openAndPlay(study, 50_000);
    await pass(2_000);
    expect(study.client.seekTo(10_000)).toBe(true);
    study.client.mediaPlaying();
    await settle();
    expect(study.server.beats.slice(1).map(({ activity, mediaMs }) => [activity, mediaMs])).toEqual([
      ['stalled', 52_000],
      ['playing', 10_000],
    ]);
    expect(study.client.view.line).toBe('again');
  });

  it('does not report each step of moving about while paused', async () => {
    study.server.answer = () => ({ creditedToMs: 60_000, creditedSeconds: 60 });
    await openAndPlay(study, 50_000);
    study.media.pause();
    study.client.mediaPaused();
    for (const at of [40_000, 30_000, 20_000]) study.client.seekTo(at);
    await pass(1_000);
    expect(activitiesOf(study)).toEqual(['playing', 'paused']);
    study.client.play();
    expect(study.client.view.line).toBe('starting');
    study.client.mediaPlaying();
    await settle();
    expect(study.server.beats.at(-1)).toMatchObject({ activity: 'playing', mediaMs: 20_000 });
  });

  it('sends restless moves together instead of flooding the server', async () => {
    study.server.answer = () => ({ creditedToMs: 60_000, creditedSeconds: 60 });
    await openAndPlay(study, 50_000);
    for (let n = 0; n < 25; n += 1) {
      study.client.seekTo(n * 1_000);
      study.client.mediaPlaying();
      await pass(50);
    }
    expect(study.server.requests.length).toBe(10);
    await pass(5_000);
    expect(study.server.beats.map((beat) => beat.seq)).toEqual(study.server.beats.map((_, at) => at + 1));
    expect(study.server.beats.at(-1)?.activity).toBe('playing');
  });

  it('never says the same twice within half a second', async () => {
    await openAndPlay(study);
    study.media.pause();
    study.client.mediaPaused();
    await pass(100);
    study.client.pageHidden();
    study.client.pageVisible();
    study.client.pageHidden();
    study.client.pageVisible();
    await settle();
    const told = [...new Map(study.server.beats.map((beat) => [beat.seq, beat])).values()];
    const same = told.filter((beat, at) => at > 0 && beat.activity === told[at - 1]?.activity);
    expect(same).toEqual([]);
  });

  it('refuses to jump beyond the credited point', async () => {
    await openAndPlay(study, 0);
    expect(study.client.seekTo(50_000)).toBe(false);
    expect(study.media.seek).not.toHaveBeenCalled();
  });
});

describe('StudyClient and the page', () => {
  it('stops the picture itself when the page is hidden and says why', async () => {
    await openAndPlay(study);
    await pass(4_000);
    study.client.pageHidden();
    study.client.mediaPaused(); // the video's own event follows
    expect(study.media.running).toBe(false);
    await settle();
    expect(activitiesOf(study)).toEqual(['playing', 'hidden']);
    expect(study.client.view.line).toBe('hidden');
    await pass(130_000);
    study.client.pageVisible();
    expect(study.client.view).toMatchObject({ line: 'hidden', awayMs: 130_000 });
    expect(study.media.running).toBe(false);
    study.client.play();
    study.client.mediaPlaying();
    await settle();
    expect(study.client.view).toMatchObject({ line: 'counting', awayMs: null });
  });

  it('knows a pause by the browser just before hiding from one by the learner', async () => {
    await openAndPlay(study);
    study.media.pause();
    study.client.mediaPaused();
    await pass(200);
    study.client.pageHidden();
    study.client.pageVisible();
    expect(study.client.view.line).toBe('hidden');

    study.client.play();
    study.client.mediaPlaying();
    study.media.pause();
    study.client.mediaPaused();
    await pass(5_000);
    study.client.pageHidden();
    study.client.pageVisible();
    expect(study.client.view.line).toBe('paused');
  });

  it('does not start in a page that was opened behind another one', async () => {
    study.client.pageHidden();
    await openAndPlay(study);
    expect(study.media.running).toBe(false);
    expect(activitiesOf(study)).toEqual([]);
  });

  it('does not let the picture start while hidden', async () => {
    await openAndPlay(study);
    study.client.pageHidden();
    study.media.play();
    study.client.mediaPlaying();
    expect(study.media.running).toBe(false);
  });

  it('says that the page is hidden at once, beside a request still under way', async () => {
    await openAndPlay(study);
    let release = () => {};
    const slow = vi
      .spyOn(study.server, 'sendBeats')
      .mockImplementationOnce(() => new Promise((resolve) => (release = () => resolve(statusWith({ lastSeq: 2 })))));
    await pass(15_000);
    study.client.pageHidden();
    expect(slow.mock.lastCall?.[1].map((beat) => [beat.seq, beat.activity])).toEqual([
      [2, 'playing'],
      [3, 'hidden'],
    ]);
    release();
  });

  it('closes the session when the page goes for good, and only hides when it may return', async () => {
    await openAndPlay(study);
    await pass(3_000);
    study.client.pageLeaving(true);
    await settle();
    expect(study.server.closed).toEqual([]);
    study.client.pageVisible();
    study.client.pageLeaving(false);
    expect(study.server.closed[0]?.at(-1)).toMatchObject({ activity: 'paused', mediaMs: 3_000 });
  });
});

describe('StudyClient and the number on screen', () => {
  it('counts up between answers by no more than the time since the last one', async () => {
    study.server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(study, 40_000);
    expect(study.client.creditedSeconds()).toBe(40);
    await pass(7_900);
    expect(study.client.creditedSeconds()).toBe(47);
    study.media.at += 30_000; // a picture that jumped must not pull the number along
    expect(study.client.creditedSeconds()).toBe(47);
  });

  it('stands while a part already credited is watched again', async () => {
    study.server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(study, 10_000);
    await pass(12_000);
    expect(study.client.creditedSeconds()).toBe(40);
  });

  it('never goes down when the server was slower than hoped', async () => {
    study.server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(study, 40_000);
    await pass(14_000);
    const before = study.client.creditedSeconds();
    study.server.answer = () => ({ creditedSeconds: 50, creditedToMs: 50_000 });
    study.client.mediaPaused();
    await settle();
    expect(before).toBe(54);
    expect(study.client.creditedSeconds()).toBe(54);
  });

  it('shows the truth when the server took seconds back for an absence', async () => {
    study.server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(study, 40_000);
    await pass(10_000);
    study.server.answer = () => ({ creditedSeconds: 20, state: 'ended', reason: 'no-presence' });
    await pass(5_000);
    expect(study.client.creditedSeconds()).toBe(20);
    expect(study.client.view).toMatchObject({ line: 'ended', endedBecause: 'no-presence' });
    expect(study.media.running).toBe(false);
  });

  it('shows what the server confirmed when another device took over', async () => {
    study.server.answer = () => ({ creditedSeconds: 40, creditedToMs: 40_000 });
    await openAndPlay(study, 40_000);
    await pass(14_900);
    expect(study.client.creditedSeconds()).toBe(54);
    study.server.answer = () => ({ creditedSeconds: 40, creditedToMs: 0, state: 'ended', reason: 'taken-over' });
    await pass(200);
    expect(study.client.creditedSeconds()).toBe(40);
    expect(study.client.view.creditedToMs).toBe(40_000);
  });

  it('stands while the network is away', async () => {
    await openAndPlay(study);
    await pass(14_000);
    study.server.down = new HttpFailure(0);
    study.online = false;
    await pass(1_000);
    const atLoss = study.client.creditedSeconds();
    await pass(60_000);
    expect(study.client.creditedSeconds()).toBe(atLoss);
  });
});
