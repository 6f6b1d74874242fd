import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAMES_PER_SECOND } from './frames.ts';

const SEGMENT_SECONDS = 4;

interface Grade {
  name: 'liuchang' | 'biaoqing' | 'gaoqing';
  width: number;
  height: number;
  crf: number;
  maxKbps: number;
  audioKbps: number;
  profile: 'main' | 'high';
}

const GRADES: Grade[] = [
  { name: 'liuchang', width: 640, height: 360, crf: 34, maxKbps: 200, audioKbps: 24, profile: 'main' },
  { name: 'biaoqing', width: 854, height: 480, crf: 34, maxKbps: 320, audioKbps: 24, profile: 'main' },
  { name: 'gaoqing', width: 1280, height: 720, crf: 33, maxKbps: 600, audioKbps: 32, profile: 'high' },
];

export interface Rendition {
  name: string;
  height: number;
  /** Largest bit rate of any segment, in bits per second. */
  bandwidth: number;
}

/** Arguments of one output stream. Level 3.1 is what the oldest phones in use decode. */
const gradeArguments = (grade: Grade, index: number): string[] => [
  '-map',
  `[v${index}]`,
  '-map',
  '1:a',
  `-crf:v:${index}`,
  String(grade.crf),
  `-maxrate:v:${index}`,
  `${grade.maxKbps}k`,
  `-bufsize:v:${index}`,
  `${grade.maxKbps * 3}k`,
  `-profile:v:${index}`,
  grade.profile,
  `-b:a:${index}`,
  `${grade.audioKbps}k`,
];

/** The length of one media playlist in milliseconds: the sum of its segments. */
export function playlistMs(playlist: string): number {
  const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, match) => sum + Number(match[1]), 0);
  return Math.round(seconds * 1000);
}

/** Writes the measured bit rates into the master playlist: ffmpeg only knows the cap, and players choose by this number. */
function measureBandwidth(hlsDir: string): Rendition[] {
  let master = readFileSync(join(hlsDir, 'master.m3u8'), 'utf8');
  const renditions = GRADES.map(({ name, height }) => {
    const playlist = readFileSync(join(hlsDir, name, 'index.m3u8'), 'utf8');
    const segments = [...playlist.matchAll(/#EXTINF:([\d.]+),\s*\n(\S+)/g)].map((match) => ({
      seconds: Number(match[1]),
      bits: statSync(join(hlsDir, name, match[2] ?? '')).size * 8,
    }));
    const full = segments.filter((segment) => segment.seconds > 1);
    const bandwidth = Math.ceil(Math.max(...full.map((segment) => segment.bits / segment.seconds)));
    const average = Math.ceil(
      segments.reduce((sum, segment) => sum + segment.bits, 0) /
        segments.reduce((sum, segment) => sum + segment.seconds, 0),
    );
    const line = new RegExp(`BANDWIDTH=\\d+(,[^\\n]*\\n${name}/)`);
    master = master.replace(line, `BANDWIDTH=${bandwidth},AVERAGE-BANDWIDTH=${average}$1`);
    return { name, height, bandwidth };
  });
  writeFileSync(join(hlsDir, 'master.m3u8'), master);
  return renditions;
}

/** Encodes frames and speech to HLS in three grades with aligned 4-second segments. Returns the grades and the true length. */
export function encodeHls(workDir: string, hlsDir: string): { renditions: Rendition[]; durationMs: number } {
  rmSync(hlsDir, { recursive: true, force: true });
  for (const { name } of GRADES) mkdirSync(join(hlsDir, name), { recursive: true });
  const gop = String(SEGMENT_SECONDS * FRAMES_PER_SECOND);
  const split = `[0:v]split=${GRADES.length}${GRADES.map((_, i) => `[s${i}]`).join('')};`;
  const scale = GRADES.map((g, i) => `[s${i}]scale=${g.width}:${g.height}:flags=lanczos,format=yuv420p[v${i}]`).join(
    ';',
  );
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-framerate',
    String(FRAMES_PER_SECOND),
    '-start_number',
    '0',
    '-i',
    join(workDir, 'frames', '%06d.png'),
    '-i',
    join(workDir, 'speech.wav'),
    '-filter_complex',
    split + scale,
    ...GRADES.flatMap(gradeArguments),
    '-c:v',
    'libx264',
    '-preset',
    'medium',
    '-tune',
    'animation',
    '-g',
    gop,
    '-keyint_min',
    gop,
    '-sc_threshold',
    '0',
    '-c:a',
    'aac',
    '-ac',
    '1',
    '-ar',
    '24000',
    '-f',
    'hls',
    '-hls_time',
    String(SEGMENT_SECONDS),
    '-hls_playlist_type',
    'vod',
    '-hls_flags',
    'independent_segments',
    '-hls_segment_filename',
    join(hlsDir, '%v', '%03d.ts'),
    '-master_pl_name',
    'master.m3u8',
    '-var_stream_map',
    GRADES.map((grade, i) => `v:${i},a:${i},name:${grade.name}`).join(' '),
    join(hlsDir, '%v', 'index.m3u8'),
  ]);
  const renditions = measureBandwidth(hlsDir);
  const durationMs = playlistMs(readFileSync(join(hlsDir, 'gaoqing', 'index.m3u8'), 'utf8'));
  return { renditions, durationMs };
}

/** The still shown before playing: the frame at `atMs` of the drawn lesson. */
export function writePoster(workDir: string, target: string, atMs: number): void {
  const frame = String(Math.floor((atMs * FRAMES_PER_SECOND) / 1000)).padStart(6, '0');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', join(workDir, 'frames', `${frame}.png`), '-q:v', '4', target]);
}

/** All bytes below a directory. */
export function directoryBytes(dir: string): number {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
