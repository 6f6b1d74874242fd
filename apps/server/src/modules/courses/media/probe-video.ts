import { open } from 'node:fs/promises';
import { CONTAINER_HEAD_BYTES, detectVideoContainer, type VideoContainer } from '@antu/domain';
import { z } from 'zod';
import { MediaProblem } from './media-problem.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

export interface VideoFacts {
  readonly container: VideoContainer;
  /** As shown: turned upright, with square pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** What the container claims; null if it claims nothing. Only the segments made later are believed. */
  readonly claimedMs: number | null;
  readonly videoIndex: number;
  readonly audioIndex: number | null;
}

/** Longest video of one lesson. */
export const LONGEST_MS = 6 * 3_600_000;
const MOST_PIXELS_PER_SIDE = 7680;

const probeSchema = z.object({
  format: z.object({ duration: z.coerce.number().positive().optional().catch(undefined) }).optional(),
  streams: z
    .array(
      z.object({
        index: z.int(),
        codec_type: z.string().optional(),
        width: z.int().optional(),
        height: z.int().optional(),
        sample_aspect_ratio: z.string().optional(),
        channels: z.int().optional(),
        disposition: z.object({ attached_pic: z.int().optional() }).optional(),
        side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
      }),
    )
    .default([]),
});
type Stream = z.output<typeof probeSchema>['streams'][number];

/** Arguments that keep ffmpeg to this one file read as this one format: no playlists, scripts or addresses inside it. */
export const inputArguments = (container: VideoContainer, path: string): string[] => [
  '-protocol_whitelist',
  'file',
  '-f',
  container,
  '-i',
  path,
];

/** Looks into a file. Throws `MediaProblem` if no video can be made of it. */
export async function probeVideo(
  ffprobePath: string,
  path: string,
  options: Pick<ProgramOptions, 'signal'>,
): Promise<VideoFacts> {
  const container = detectVideoContainer(await readHead(path));
  if (container === null) throw new MediaProblem('not-a-video');
  const result = await runProgram(
    ffprobePath,
    ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', ...inputArguments(container, path)],
    { timeoutMs: 120_000, ...options },
  );
  const parsed = probeSchema.safeParse(parseJson(result.output));
  if (result.exitCode !== 0 || !parsed.success) throw new MediaProblem('broken', result.complaints);
  const { streams, format } = parsed.data;
  const video = streams.find(
    ({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1,
  );
  if (!video?.width || !video.height) throw new MediaProblem('no-picture', result.complaints);
  const claimedMs = format?.duration === undefined ? null : Math.round(format.duration * 1000);
  if (claimedMs !== null && claimedMs > LONGEST_MS) throw new MediaProblem('too-long');
  const audio = streams.find(({ codec_type, channels }) => codec_type === 'audio' && (channels ?? 0) > 0);
  return { container, claimedMs, videoIndex: video.index, audioIndex: audio?.index ?? null, ...shownSize(video) };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new MediaProblem('original-missing');
    throw error;
  });
  try {
    const head = Buffer.alloc(CONTAINER_HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** ffmpeg turns pictures upright by itself, and our scaling makes pixels square: the shape follows both. */
function shownSize(video: Stream): { widthPx: number; heightPx: number } {
  const [across, down] = (video.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  const pixelShape = across && down ? across / down : 1;
  const widthPx = Math.round((video.width ?? 0) * pixelShape);
  const heightPx = video.height ?? 0;
  if (Math.max(widthPx, heightPx) > MOST_PIXELS_PER_SIDE) throw new MediaProblem('picture-too-large');
  const rotation = video.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const isOnItsSide = Math.abs(Math.round(rotation / 90)) % 2 === 1;
  return isOnItsSide ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };
}
