import { expect, it } from 'vitest';
import { findVariantUrl, nearestGrade, nearestLevel, preferredGrade } from './grades.ts';

const MASTER = `#EXTM3U
#EXT-X-VERSION:6
#EXT-X-STREAM-INF:BANDWIDTH=768000,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2"
liuchang/index.m3u8

#EXT-X-STREAM-INF:BANDWIDTH=2800000,RESOLUTION=1280x720,CODECS="avc1.4d401f,mp4a.40.2"
gaoqing/index.m3u8
`;

it('finds the list of one grade in a master list', () => {
  const at = 'https://antu.example/api/media/1/files/master.m3u8';
  expect(findVariantUrl(MASTER, at, 360)).toBe('https://antu.example/api/media/1/files/liuchang/index.m3u8');
  expect(findVariantUrl(MASTER, at, 720)).toBe('https://antu.example/api/media/1/files/gaoqing/index.m3u8');
  expect(findVariantUrl('#EXTM3U\n#EXTINF:4,\n0.ts', at, 720)).toBeNull();
});

it('takes the nearest level by height', () => {
  expect(nearestLevel(480, [{ height: 360 }, { height: 472 }, { height: 720 }])).toBe(1);
  expect(nearestLevel(480, [])).toBe(-1);
});

it('falls back to a lower grade before a higher one', () => {
  const have = (...names: ('liuchang' | 'biaoqing' | 'gaoqing')[]) =>
    names.map((name) => ({ name, heightPx: 1, bitsPerSecond: 1, bytes: 1 }));
  expect(nearestGrade('gaoqing', have('liuchang', 'biaoqing'))).toBe('biaoqing');
  expect(nearestGrade('liuchang', have('gaoqing'))).toBe('gaoqing');
  expect(nearestGrade('liuchang', [])).toBeNull();
});

it('starts low on a weak line', () => {
  expect(preferredGrade({ effectiveType: '3g' })).toBe('liuchang');
  expect(preferredGrade({ saveData: true })).toBe('liuchang');
  expect(preferredGrade(undefined)).toBe('biaoqing');
});
