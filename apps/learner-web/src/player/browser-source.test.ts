import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeVideo } from './testing.ts';
import type { Rendition } from './grades.ts';
import { openVideo, type VideoSource } from './open-video.ts';

const MASTER = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=640x360
liuchang/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=2,RESOLUTION=1280x720
gaoqing/index.m3u8
`;
const renditions: Rendition[] = [
  { name: 'liuchang', heightPx: 360, bitsPerSecond: 1, bytes: 1 },
  { name: 'gaoqing', heightPx: 720, bitsPerSecond: 2, bytes: 2 },
];
const onFatal = vi.fn();
const onRefused = vi.fn();
let video: FakeVideo;
let source: VideoSource;
/** What the server answers to the master list; 0: nothing. */
let status: number;
const asked: string[] = [];

const settle = () => vi.advanceTimersByTimeAsync(0);
const ready = () => {
  video.readyState = video.HAVE_METADATA;
  video.dispatchEvent(new Event('loadedmetadata'));
};

beforeEach(async () => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  asked.length = 0;
  status = 200;
  vi.stubGlobal('location', { href: 'https://antu.example/lesson' });
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    if (status === 0) throw new TypeError('offline');
    return new Response(MASTER, { status });
  });
  video = new FakeVideo();
  source = await openVideo(video.asElement(), {
    playlistUrl: '/one/master.m3u8',
    startAtMs: 12_000,
    grade: 'gaoqing',
    renditions,
    bufferSeconds: 130,
    onFatal,
    onRefused,
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a picture by the browser’s own player', () => {
  it('begins at its place in its grade', () => {
    expect(video.src).toBe('https://antu.example/one/gaoqing/index.m3u8');
    ready();
    expect(video.currentTime).toBe(12);
  });

  it('keeps its place when the grade changes', async () => {
    video.arrive(20, 'timeupdate');
    void video.play();
    source.setGrade('liuchang');
    await settle();
    expect(video.src).toBe('https://antu.example/one/liuchang/index.m3u8');
    ready();
    expect([video.currentTime, video.plays]).toEqual([20, 2]);
  });

  it('drops what it has and goes on from another address in the same grade, playing if told so meanwhile', async () => {
    video.arrive(20, 'timeupdate');
    source.replace('/two/master.m3u8', 40_000);
    expect([video.src, video.readyState]).toEqual(['', 0]);
    void video.play();
    await settle();
    expect(video.src).toBe('https://antu.example/two/gaoqing/index.m3u8');
    ready();
    expect([video.currentTime, video.plays]).toEqual([40, 2]);
  });

  it('takes the last of several addresses, whichever answer comes first', async () => {
    source.replace('/two/master.m3u8', 0);
    source.replace('/three/master.m3u8', 0);
    await settle();
    expect(video.src).toBe('https://antu.example/three/gaoqing/index.m3u8');
  });

  it.each([401, 410])('learns of %i when the element fails, and tries nothing again', async (code) => {
    status = code;
    asked.length = 0;
    video.dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onRefused).toHaveBeenCalledTimes(1);
    expect([asked.length, onFatal.mock.calls.length]).toEqual([1, 0]);
  });

  it.each([0, 503])('tries again where it was after %i', async (code) => {
    video.arrive(33, 'timeupdate');
    status = code;
    video.dispatchEvent(new Event('error'));
    await settle();
    status = 200;
    video.src = '';
    await vi.advanceTimersByTimeAsync(3_000);
    expect(video.src).toContain('/one/gaoqing/');
    ready();
    expect(video.currentTime).toBe(33);
  });

  it('gives up on what cannot be shown: refused by rights, gone, or broken for the fourth time', async () => {
    for (let n = 0; n < 3; n += 1) {
      video.dispatchEvent(new Event('error'));
      await settle();
    }
    expect(onFatal).not.toHaveBeenCalled();
    video.dispatchEvent(new Event('error'));
    await settle();
    expect(onFatal).toHaveBeenCalledTimes(1);
    status = 404;
    video.dispatchEvent(new Event('error'));
    await settle();
    expect(onFatal).toHaveBeenCalledTimes(2);
  });

  it('asks no more after it was stopped', async () => {
    status = 503;
    video.dispatchEvent(new Event('error'));
    await settle();
    source.stop();
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([]);
  });
});
