import { describe, expect, it } from 'vitest';
import { playlistMs, playlistSegments } from './playlist.ts';

const listOf = (...lines: string[]) => ['#EXTM3U', '#EXT-X-TARGETDURATION:4', ...lines].join('\n');

describe('segments of a playlist', () => {
  it('follow each other without a hole, to the length of the video', () => {
    const third = '#EXTINF:0.333333,';
    const list = listOf(third, '0.ts', third, '1.ts', third, '2.ts', third, '3.ts', '#EXT-X-ENDLIST');
    expect(playlistSegments(list)).toEqual([
      { path: '0.ts', fromMs: 0, toMs: 333 },
      { path: '1.ts', fromMs: 333, toMs: 667 },
      { path: '2.ts', fromMs: 667, toMs: 1000 },
      { path: '3.ts', fromMs: 1000, toMs: 1333 },
    ]);
    expect(playlistMs(list)).toBe(1333);
  });

  const cases: [what: string, list: string, stretches: [path: string, fromMs: number, toMs: number][]][] = [
    ['nothing', '', []],
    ['a list without segments', listOf('#EXT-X-ENDLIST'), []],
    ['Windows line ends, spaces and empty lines', listOf('#EXTINF:4,\r', '\r', ' a.ts \r'), [['a.ts', 0, 4000]]],
    ['a title after the length', listOf('#EXTINF:2.5,雨夜', 'a.ts'), [['a.ts', 0, 2500]]],
    ['other tags between length and name', listOf('#EXTINF:4,', '#EXT-X-DISCONTINUITY', 'a.ts'), [['a.ts', 0, 4000]]],
    ['a length without a name at the end', listOf('#EXTINF:4,', 'a.ts', '#EXTINF:4,'), [['a.ts', 0, 4000]]],
    ['a name without a length', listOf('x.ts', '#EXTINF:4,', 'a.ts', 'y.ts'), [['a.ts', 0, 4000]]],
    ['the last of two lengths', listOf('#EXTINF:4,', '#EXTINF:2,', 'a.ts'), [['a.ts', 0, 2000]]],
    [
      'an initial file, which shows nothing',
      listOf('#EXT-X-MAP:URI="i.mp4"', '#EXTINF:4,', 'a.m4s'),
      [['a.m4s', 0, 4000]],
    ],
  ];
  it.each(cases)('%s', (_what, list, stretches) => {
    expect(playlistSegments(list).map(({ path, fromMs, toMs }) => [path, fromMs, toMs])).toEqual(stretches);
  });
});
