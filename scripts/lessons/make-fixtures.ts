/**
 * Makes the files that the upload journey needs, from a finished demo lesson: a short real video, the same cut off in the
 * middle, and a text that only pretends to be a video. Run by hand: `node scripts/lessons/make-fixtures.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'db/seed/lessons/distance-and-blind-areas/hls/gaoqing/index.m3u8');
const FIXTURES_DIR = join(ROOT, 'e2e/fixtures');
const EXCERPT_SECONDS = 24;
const BROKEN_BYTES = 60_000;

mkdirSync(FIXTURES_DIR, { recursive: true });
const sample = join(FIXTURES_DIR, 'upload-sample.mp4');
const encoding = '-c:v libx264 -preset slow -crf 26 -pix_fmt yuv420p -c:a aac -b:a 48k -map_metadata -1'.split(' ');
execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', SOURCE, '-t', String(EXCERPT_SECONDS), ...encoding, sample]);
// The index (moov) is written last, so the first bytes alone cannot be played: what an interrupted copy looks like.
writeFileSync(join(FIXTURES_DIR, 'broken.mp4'), readFileSync(sample).subarray(0, BROKEN_BYTES));
writeFileSync(
  join(FIXTURES_DIR, 'not-a-video.mp4'),
  'This is a text file with the name of a video.\n这是一个文本文件，不是视频。\n',
);
