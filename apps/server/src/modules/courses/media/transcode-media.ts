import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MediaFailure } from '@antu/contract';
import { planRenditions, type RenditionPlan } from '@antu/domain';
import type { JobContext } from '../../../platform/jobs.ts';
import { posterArguments, progressMs, transcodeArguments } from './ffmpeg-arguments.ts';
import { isDiskFull, MediaProblem } from './media-problem.ts';
import { mediaFolder, type StoredRendition } from './media-queries.ts';
import { masterVariants, playlistMs } from './playlist.ts';
import { LONGEST_MS, probeVideo, type VideoFacts } from './probe-video.ts';
import { ProgramMissing, runProgram } from './run-program.ts';
import { storedPath } from './stored-path.ts';
import {
  claimMedia,
  failMedia,
  finishMedia,
  type FinishedVideo,
  type MediaRun,
  reportProgress,
} from './transcode-queries.ts';

type Context = Pick<JobContext, 'platform' | 'log' | 'isLastAttempt' | 'signal'>;

const SHORTEST_MS = 1000;
const MINUTE_MS = 60_000;
/** Progress lines between two signs of life; ffmpeg writes about two a second. */
const QUIET_REPORTS = 60;

/** Transcodes one media asset to HLS, or records why that cannot be. Throws when another attempt may help. */
export async function transcodeMedia(mediaId: string, context: Context): Promise<void> {
  const { platform, log } = context;
  const run: MediaRun = { mediaId, runId: randomUUID() };
  const claim = await claimMedia(platform.pool, run, platform.clock.now());
  if (!claim) return;
  try {
    // What an earlier run left behind is of no use.
    await platform.storage.deletePrefix(`media/${mediaId}`);
    const video = await makeVideo(run, claim.originalKey, context);
    await finishMedia(platform.pool, run, video, platform.clock.now());
    log.info({ mediaId, durationMs: video.durationMs }, 'video is ready');
  } catch (error) {
    const failure = failureOf(error, context);
    if (failure === null) throw error;
    log.warn({ mediaId, failure, reason: String(error) }, 'video refused');
    await failMedia(platform.pool, run, failure, platform.clock.now());
    await platform.storage.deletePrefix(`media/${mediaId}`);
  }
}

/** The reason to record, or null if the job should simply be tried again. */
function failureOf(error: unknown, { signal, isLastAttempt }: Context): MediaFailure | null {
  if (error instanceof MediaProblem) return error.failure;
  if (error instanceof ProgramMissing) return 'ffmpeg-missing';
  if (isDiskFull(error)) return 'disk-full';
  return isLastAttempt && !signal?.aborted ? 'broken' : null;
}

async function makeVideo(run: MediaRun, originalKey: string | null, context: Context): Promise<FinishedVideo> {
  if (originalKey === null) throw new MediaProblem('original-missing');
  const { settings, storage } = context.platform;
  const sourcePath = storedPath(storage, originalKey);
  const facts = await probeVideo(settings.ffprobePath, sourcePath, { signal: context.signal });
  const plans = planRenditions(facts.widthPx, facts.heightPx);
  const folder = storedPath(storage, `media/${run.mediaId}/run-${run.runId}`);
  await mkdir(folder, { recursive: true });
  await transcode(run, facts, transcodeArguments(facts, plans, sourcePath, folder), context);
  const durationMs = await measure(folder, plans, facts);
  const hasPoster = await takePoster(folder, plans, durationMs, context);
  const renditions = await describeRenditions(folder, plans);
  const sha256 = await hashFile(sourcePath);
  await rename(folder, storedPath(storage, mediaFolder(run.mediaId)));
  const top = plans.at(-1);
  return {
    durationMs,
    widthPx: top?.widthPx ?? facts.widthPx,
    heightPx: top?.heightPx ?? facts.heightPx,
    playlistKey: `${mediaFolder(run.mediaId)}/master.m3u8`,
    posterKey: hasPoster ? `${mediaFolder(run.mediaId)}/poster.jpg` : null,
    renditions,
    sha256,
  };
}

async function transcode(run: MediaRun, facts: VideoFacts, args: string[], context: Context): Promise<void> {
  const { platform } = context;
  const lost = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, lost.signal]) : lost.signal;
  let lastPercent = 0;
  let quiet = 0;
  const report = (mediaMs: number): void => {
    const share = facts.claimedMs === null ? 0 : mediaMs / facts.claimedMs;
    const percent = Math.max(lastPercent, Math.min(99, Math.floor(share * 100)));
    quiet += 1;
    if (percent === lastPercent && quiet < QUIET_REPORTS) return;
    lastPercent = percent;
    quiet = 0;
    reportProgress(platform.pool, run, percent, platform.clock.now()).then(
      (isOurs) => isOurs || lost.abort(new Error('the media was taken over by a newer run')),
      (error) => context.log.warn({ err: error }, 'progress was not written'),
    );
  };
  const result = await runProgram(platform.settings.ffmpegPath, args, {
    timeoutMs: Math.min(12 * 60 * MINUTE_MS, Math.max(15 * MINUTE_MS, (facts.claimedMs ?? 0) * 20)),
    signal,
    onLine: (line) => {
      const mediaMs = progressMs(line);
      if (mediaMs !== null) report(mediaMs);
    },
  });
  if (result.timedOut) throw new MediaProblem('took-too-long');
  if (/No space left on device/i.test(result.complaints)) throw new MediaProblem('disk-full', result.complaints);
  // Without an exit code somebody ended ffmpeg from outside: that says nothing about the file.
  if (result.exitCode === null) throw new Error('ffmpeg was killed');
  if (result.exitCode !== 0) throw new MediaProblem('broken', result.complaints);
}

/** Length of what was really made; compares it with what the container claimed. */
async function measure(folder: string, plans: readonly RenditionPlan[], facts: VideoFacts): Promise<number> {
  const lengths = await Promise.all(
    plans.map(async ({ name }) => playlistMs(await readFile(join(folder, name, 'index.m3u8'), 'utf8').catch(() => ''))),
  );
  if (lengths.some((length) => length === null)) throw new MediaProblem('broken', 'a playlist is missing or open');
  const durationMs = Math.min(...lengths.map((length) => length ?? 0));
  if (facts.claimedMs !== null && durationMs < facts.claimedMs * 0.9 - 2000) {
    throw new MediaProblem('truncated', `${durationMs} of ${facts.claimedMs} ms`);
  }
  if (durationMs < SHORTEST_MS) throw new MediaProblem('too-short');
  if (durationMs > LONGEST_MS) throw new MediaProblem('too-long');
  return durationMs;
}

/** A video without a poster is still a video. */
async function takePoster(
  folder: string,
  plans: readonly RenditionPlan[],
  durationMs: number,
  { platform, signal }: Context,
): Promise<boolean> {
  const playlist = join(folder, plans.at(-1)?.name ?? 'liuchang', 'index.m3u8');
  const args = posterArguments(playlist, Math.min(durationMs / 10, 30_000), join(folder, 'poster.jpg'));
  const { exitCode } = await runProgram(platform.settings.ffmpegPath, args, { timeoutMs: MINUTE_MS, signal });
  return exitCode === 0 && (await stat(join(folder, 'poster.jpg')).catch(() => undefined)) !== undefined;
}

async function describeRenditions(folder: string, plans: readonly RenditionPlan[]): Promise<StoredRendition[]> {
  const variants = masterVariants(await readFile(join(folder, 'master.m3u8'), 'utf8'));
  return Promise.all(
    plans.map(async ({ name, heightPx, videoBitsPerSecond }) => ({
      name,
      heightPx,
      bitsPerSecond: variants.find(({ path }) => path.startsWith(`${name}/`))?.bitsPerSecond ?? videoBitsPerSecond,
      bytes: await folderBytes(join(folder, name)),
    })),
  );
}

/** Sizes of the files of a folder together. */
export async function folderBytes(folder: string): Promise<number> {
  const sizes = await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function hashFile(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest();
}
