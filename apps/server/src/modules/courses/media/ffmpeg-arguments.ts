import { join } from 'node:path';
import type { RenditionPlan } from '@antu/domain';
import { inputArguments, LONGEST_MS, type VideoFacts } from './probe-video.ts';

export const SEGMENT_SECONDS = 4;
const FRAMES_PER_SECOND = 25;
const KEY_FRAME_DISTANCE = FRAMES_PER_SECOND * SEGMENT_SECONDS;

/** Arguments without spaces inside, written as one would type them. */
const words = (line: string): string[] => line.split(' ');

const QUIET = '-hide_banner -nostdin -v error -y';

/** One command that makes all renditions at once: the source is decoded a single time. */
export function transcodeArguments(
  video: VideoFacts,
  plans: readonly RenditionPlan[],
  sourcePath: string,
  folder: string,
): string[] {
  const hasAudio = video.audioIndex !== null;
  return [
    ...words(`${QUIET} -progress pipe:1 -nostats`),
    ...inputArguments(video.container, sourcePath),
    '-filter_complex',
    scaleFilters(video, plans),
    ...plans.flatMap((plan, index) => streamArguments(video, plan, index)),
    ...words('-c:v libx264 -preset veryfast -profile:v main -threads 2'),
    // A key frame exactly where each segment starts, at the same place in all renditions.
    ...words(`-g ${KEY_FRAME_DISTANCE} -keyint_min ${KEY_FRAME_DISTANCE} -sc_threshold 0`),
    ...(hasAudio ? words('-c:a aac -ac 2 -ar 44100') : []),
    // A container may claim less than it holds; the limit holds all the same.
    ...words(`-t ${LONGEST_MS / 1000 + 60}`),
    // Names, places and dates in the source are nobody's business.
    ...words('-map_metadata -1 -map_chapters -1 -sn -dn'),
    ...words(`-f hls -hls_time ${SEGMENT_SECONDS} -hls_playlist_type vod -hls_list_size 0`),
    ...words('-hls_flags independent_segments -master_pl_name master.m3u8'),
    '-hls_segment_filename',
    join(folder, '%v', '%05d.ts'),
    '-var_stream_map',
    plans.map(({ name }, index) => `v:${index}${hasAudio ? `,a:${index}` : ''},name:${name}`).join(' '),
    join(folder, '%v', 'index.m3u8'),
  ];
}

function scaleFilters(video: VideoFacts, plans: readonly RenditionPlan[]): string {
  const copies = plans.map((_, index) => `[v${index}]`).join('');
  return [
    `[0:${video.videoIndex}]fps=${FRAMES_PER_SECOND},format=yuv420p,split=${plans.length}${copies}`,
    ...plans.map((plan, index) => `[v${index}]scale=${plan.widthPx}:${plan.heightPx},setsar=1[s${index}]`),
  ].join(';');
}

function streamArguments(video: VideoFacts, plan: RenditionPlan, index: number): string[] {
  const rate = plan.videoBitsPerSecond;
  const picture = `-map [s${index}] -b:v:${index} ${rate} -maxrate:v:${index} ${rate} -bufsize:v:${index} ${rate * 2}`;
  const sound = `-map 0:${video.audioIndex} -b:a:${index} ${plan.audioBitsPerSecond}`;
  return words(video.audioIndex === null ? picture : `${picture} ${sound}`);
}

/** Takes one picture out of the finished video. */
export const posterArguments = (playlistPath: string, atMs: number, posterPath: string): string[] => [
  ...words(`${QUIET} -ss ${(atMs / 1000).toFixed(3)} -protocol_whitelist file -allowed_extensions ts -i`),
  playlistPath,
  ...words('-frames:v 1 -q:v 4'),
  posterPath,
];

/** Media time that a line of ffmpeg's progress reports, in milliseconds. */
export function progressMs(line: string): number | null {
  const microseconds = /^out_time_us=(\d+)$/.exec(line)?.[1];
  return microseconds === undefined ? null : Math.floor(Number(microseconds) / 1000);
}
