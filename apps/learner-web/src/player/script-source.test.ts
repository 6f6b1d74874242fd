import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeVideo } from './testing.ts';
import type { Rendition } from './grades.ts';
import { openVideo, type VideoSource } from './open-video.ts';

/** What hls.js would do is told by the test. */
class FakeHls {
  static readonly made: FakeHls[] = [];
  static readonly Events = { MANIFEST_PARSED: 'parsed', ERROR: 'error' } as const;
  static readonly ErrorTypes = { NETWORK_ERROR: 'networkError', MEDIA_ERROR: 'mediaError' } as const;
  static isSupported = () => true;
  levels: { height: number }[] = [];
  loadLevel = -1;
  nextLevel = -1;
  readonly did: string[] = [];
  readonly #handlers = new Map<string, (event: string, data: unknown) => void>();
  constructor() {
    FakeHls.made.push(this);
  }
  on(event: string, handle: (event: string, data: unknown) => void): void {
    this.#handlers.set(event, handle);
  }
  loadSource = (url: string) => void this.did.push(`source ${url}`);
  attachMedia = () => void this.did.push('attach');
  startLoad = (at?: number) => void this.did.push(`load ${at ?? 'on'}`);
  stopLoad = () => void this.did.push('stop');
  recoverMediaError = () => void this.did.push('recover');
  destroy = () => void this.did.push('destroy');
  parse(): void {
    this.levels = [{ height: 360 }, { height: 480 }, { height: 720 }];
    this.#handlers.get('parsed')?.('parsed', {});
  }
  fail(type: string, code?: number, fatal = true): void {
    this.did.length = 0;
    this.#handlers.get('error')?.('error', { type, fatal, ...(code === undefined ? {} : { response: { code } }) });
  }
}
vi.mock('hls.js/light', () => ({ default: FakeHls }));

const renditions = (['liuchang', 'biaoqing', 'gaoqing'] as const).map(
  (name, at): Rendition => ({ name, heightPx: [360, 480, 720][at] ?? 0, bitsPerSecond: 1, bytes: 1 }),
);
const onFatal = vi.fn();
const onRefused = vi.fn();
let source: VideoSource;
const hls = () => {
  const newest = FakeHls.made.at(-1);
  if (!newest) throw new Error('nothing plays');
  return newest;
};

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaSource', Object);
  vi.clearAllMocks();
  FakeHls.made.length = 0;
  source = await openVideo(new FakeVideo().asElement(), {
    playlistUrl: '/one.m3u8',
    startAtMs: 12_000,
    grade: 'biaoqing',
    renditions,
    bufferSeconds: 130,
    onFatal,
    onRefused,
  });
  hls().parse();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a picture by hls.js', () => {
  it('begins at its place in its grade', () => {
    expect(hls().did).toEqual(['source /one.m3u8', 'attach', 'load 12']);
    expect(hls().loadLevel).toBe(1);
  });

  it('goes on from another address with an empty buffer, in the grade chosen meanwhile', () => {
    source.setGrade('gaoqing');
    expect(hls().nextLevel).toBe(2);
    const old = hls();
    source.replace('/two.m3u8', 40_000);
    expect(old.did.slice(-2)).toEqual(['stop', 'destroy']);
    hls().parse();
    expect(hls().did).toEqual(['source /two.m3u8', 'attach', 'load 40']);
    expect(hls().loadLevel).toBe(2);
  });

  it.each([401, 410])('tells of %i at once and tries nothing again', async (code) => {
    hls().fail('networkError', code, false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hls().did).toEqual(['stop']);
    expect(onRefused).toHaveBeenCalledTimes(1);
    hls().fail('networkError', code);
    hls().fail('networkError', 503);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hls().did).toEqual([]);
    expect([onRefused.mock.calls.length, onFatal.mock.calls.length]).toEqual([1, 0]);
  });

  it('plays again after a refusal once it has another address', async () => {
    hls().fail('networkError', 410);
    source.replace('/two.m3u8', 0);
    hls().parse();
    expect(hls().did).toEqual(['source /two.m3u8', 'attach', 'load 0']);
  });

  it.each([undefined, 0, 429, 500, 503])('tries again some time after %s', async (code) => {
    hls().fail('networkError', code);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(hls().did).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(hls().did).toEqual(['load on']);
  });

  it('asks for the list again where there was none yet', async () => {
    hls().levels = [];
    hls().fail('networkError', 503);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(hls().did).toEqual(['source /one.m3u8']);
  });

  it.each(['stop', 'dispose'] as const)('does not try again after %s', async (end) => {
    hls().fail('networkError', 503);
    source[end]();
    hls().did.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hls().did).toEqual([]);
  });

  it('loads nothing when it was stopped before the list came', () => {
    source.replace('/two.m3u8', 0);
    source.stop();
    hls().parse();
    expect(hls().did.filter((one) => one.startsWith('load'))).toEqual([]);
  });

  it('mends broken media three times, then gives up', () => {
    for (let n = 0; n < 3; n += 1) {
      hls().fail('mediaError');
      expect(hls().did).toEqual(['recover']);
    }
    hls().fail('mediaError');
    expect(onFatal).toHaveBeenCalledTimes(1);
  });

  it.each([403, 404])('cannot show what answers %i', (code) => {
    hls().fail('networkError', code);
    expect(onFatal).toHaveBeenCalledTimes(1);
  });
});
