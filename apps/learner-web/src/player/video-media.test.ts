import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StudyClient } from '../study/study-client.ts';
import { FakeVideo } from './testing.ts';
import { VideoMedia } from './video-media.ts';

let video: FakeVideo;
const told = vi.fn();
const client = {
  mediaPlaying: () => told('playing'),
  mediaPaused: () => told('paused'),
  mediaStalled: () => told('stalled'),
  mediaEnded: () => told('ended'),
  lockedFromMs: (positionMs: number) => positionMs,
} as unknown as StudyClient;
const hooks = { onLocked: vi.fn(), onSpeed: vi.fn(), onBlocked: vi.fn() };

beforeEach(() => {
  vi.clearAllMocks();
  video = new FakeVideo();
});
const open = (startAtMs: number) => new VideoMedia(video.asElement(), client, startAtMs, hooks);

describe('where the picture is', () => {
  it('is the place it is going to begin at, until it shows something', () => {
    const media = open(30_000);
    expect(media.positionMs()).toBe(30_000);
    video.readyState = video.HAVE_METADATA;
    video.dispatchEvent(new Event('timeupdate'));
    expect(media.positionMs()).toBe(30_000);
    video.arrive(30.02, 'seeked');
    expect(media.positionMs()).toBe(30_020);
  });

  it('is the new place while another source loads, whatever the element says meanwhile', () => {
    const media = open(0);
    video.arrive(40, 'loadeddata', 'timeupdate');
    media.seek(25_000);
    video.load();
    media.restart(25_000);
    expect(media.positionMs()).toBe(25_000);
    video.readyState = video.HAVE_METADATA;
    video.dispatchEvent(new Event('timeupdate'));
    expect(media.positionMs()).toBe(25_000);
    media.seek(20_000);
    expect(media.positionMs()).toBe(20_000);
    video.arrive(20, 'seeked');
    expect(media.positionMs()).toBe(20_000);
  });

  it('is the last one while the browser’s own player takes another grade', () => {
    const media = open(0);
    video.arrive(40, 'loadeddata', 'timeupdate');
    video.load();
    expect(media.positionMs()).toBe(40_000);
  });
});

describe('another source', () => {
  it('plays on if the old one played, and says so when the picture runs', () => {
    const media = open(0);
    video.arrive(0, 'loadeddata');
    media.play();
    video.arrive(12, 'playing');
    video.load();
    media.restart(12_000);
    expect(video.plays).toBe(2);
    told.mockClear();
    video.arrive(12, 'playing');
    expect(told.mock.calls).toEqual([['playing']]);
  });

  it('stands if the old one stood, whoever had stopped it', () => {
    const media = open(0);
    media.play();
    video.arrive(12, 'playing');
    video.pause();
    video.load();
    media.restart(12_000);
    media.play();
    media.pause();
    video.load();
    media.restart(12_000);
    expect(video.plays).toBe(2);
  });

  it('may begin behind the lock without being sent back', () => {
    const media = open(0);
    media.restart(50_000);
    video.readyState = video.HAVE_METADATA;
    video.currentTime = 50;
    expect(hooks.onLocked).not.toHaveBeenCalled();
    expect(video.currentTime).toBe(50);
  });
});
