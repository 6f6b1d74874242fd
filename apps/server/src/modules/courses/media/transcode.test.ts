import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { MEDIA_FAILURES, type MediaFailure, type MediaView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobContext } from '../../../platform/jobs.ts';
import { resumeTranscodes } from '../jobs.ts';
import { type CourseFixture, documentLesson, makeDraft, makeFixture, publish } from '../testing/fixture.ts';
import { fastH264, hasFfmpeg, makeClip, mp4Like, picture, sound, uploadFile } from '../testing/uploading.ts';
import { mediaFolder, originalKey } from './media-queries.ts';
import { storedPath } from './stored-path.ts';
import { transcodeMedia } from './transcode-media.ts';
import { claimMedia, reportProgress } from './transcode-queries.ts';

let fixture: CourseFixture;
beforeAll(async () => {
  fixture = await makeFixture();
});
afterAll(() => fixture.close());

const context = (changes: Partial<JobContext> = {}): JobContext => ({
  platform: fixture.test.platform,
  log: fixture.test.platform.log,
  attempt: 1,
  isLastAttempt: false,
  signal: undefined,
  ...changes,
});

async function process(bytes: Buffer): Promise<MediaView> {
  const mediaId = await uploadFile(fixture, bytes);
  await transcodeMedia(mediaId, context());
  return readMedia(mediaId);
}

const readMedia = async (mediaId: string): Promise<MediaView> =>
  (await fixture.teacher.client.get<MediaView>(`/api/media/${mediaId}`)).body;

const expectFailure = (media: MediaView, failure: MediaFailure): void => {
  expect(media).toMatchObject({
    state: 'failed',
    failureCode: failure,
    failure: MEDIA_FAILURES[failure].zh,
    playlistUrl: null,
  });
};

describe.skipIf(!hasFfmpeg)('transcoding', { timeout: 120_000 }, () => {
  it('makes playable renditions with sound, a poster and the true length, and tells the lesson', async () => {
    const bytes = makeClip('clip.mp4', ...picture('1280x720', 5), ...sound(5), ...fastH264, '-c:a', 'aac');
    const mediaId = await uploadFile(fixture, bytes);
    const { url } = await makeDraft(fixture, '视频课', []);
    const lesson = { kind: 'video', titleZh: '视频', topicId: fixture.topicId, mediaId };
    const added = await fixture.teacher.client.post<{ lessons: { durationMs: number | null }[] }>(
      `${url}/lessons`,
      lesson,
    );
    expect(added.body.lessons[0]?.durationMs).toBeNull();
    await transcodeMedia(mediaId, context());
    const media = await readMedia(mediaId);
    expect(media).toMatchObject({ state: 'ready', progressPercent: 100, failure: null, durationMs: 5000 });
    expect(media.renditions.map(({ name, heightPx }) => `${name} ${heightPx}`)).toEqual([
      'liuchang 360',
      'biaoqing 480',
      'gaoqing 720',
    ]);
    expect(media.renditions.every(({ bytes: size, bitsPerSecond }) => size > 1000 && bitsPerSecond > 1000)).toBe(true);
    const { client } = fixture.teacher;
    const master = await client.get(media.playlistUrl ?? '');
    expect(master.headers['content-type']).toBe('application/vnd.apple.mpegurl');
    expect(master.text.match(/CODECS="avc1\.[0-9a-f]+,mp4a\.40\.2"/gi)).toHaveLength(3);
    const list = await client.get((media.playlistUrl ?? '').replace('master.m3u8', 'gaoqing/index.m3u8'));
    expect(list.text.match(/#EXTINF:[\d.]+/g)?.map((line) => Number(line.slice(8)))).toEqual([4, 1]);
    const poster = await client.get(media.posterUrl ?? '');
    expect(poster.headers['content-type']).toBe('image/jpeg');
    expect([...poster.raw.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    const { rows } = await fixture.database.pool.query('select duration_ms from lesson_version where media_id = $1', [
      mediaId,
    ]);
    expect(rows).toEqual([{ duration_ms: 5000 }]);
    expect((await publish(fixture, url)).state).toBe('published');
    expect((await fixture.learner.client.get(media.playlistUrl ?? '')).status).toBe(200);
  });

  it('never enlarges a small source, and does without sound', async () => {
    const media = await process(makeClip('clip.mp4', ...picture('320x240', 2), ...fastH264));
    expect(media.state).toBe('ready');
    expect(media.renditions.map(({ name, heightPx }) => `${name} ${heightPx}`)).toEqual(['liuchang 240']);
  });

  it('believes the segments and not the container: a recording without a length is measured', async () => {
    // A browser's recorder writes Matroska that says nothing about its length.
    const live = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-f', 'webm', '-live', '1'];
    const media = await process(makeClip('clip.webm', ...picture('640x360', 3), ...live));
    expect(media).toMatchObject({ state: 'ready', durationMs: 3000 });
  });

  it('refuses a file that is cut off', async () => {
    const whole = makeClip('clip.mp4', ...picture('640x360', 20), ...fastH264, '-movflags', '+faststart');
    expectFailure(await process(whole.subarray(0, Math.floor(whole.length / 2))), 'truncated');
    const indexAtTheEnd = makeClip('clip.mp4', ...picture('320x240', 2), ...fastH264);
    expectFailure(await process(indexAtTheEnd.subarray(0, indexAtTheEnd.length - 500)), 'broken');
  });

  it('refuses what only begins like a video, sound alone, and a blink', async () => {
    expectFailure(await process(mp4Like(5000)), 'broken');
    expectFailure(await process(makeClip('sound.mp4', ...sound(2), '-c:a', 'aac')), 'no-picture');
    expectFailure(await process(makeClip('blink.mp4', ...picture('320x240', 0.2), ...fastH264)), 'too-short');
  });

  it('a run that was cut off starts again from the beginning; nothing of it is left', async () => {
    const bytes = makeClip('clip.mp4', ...picture('640x360', 3), ...fastH264);
    const mediaId = await uploadFile(fixture, bytes);
    const { platform } = fixture.test;
    await platform.storage.put(`media/${mediaId}/run-old/liuchang/00000.ts`, 'half');
    const abort = new AbortController();
    const cutOff = transcodeMedia(mediaId, context({ signal: abort.signal }));
    setTimeout(() => abort.abort(new Error('worker ends')), 150);
    await expect(cutOff).rejects.toThrow('worker ends');
    expect((await readMedia(mediaId)).state).toBe('processing');
    await transcodeMedia(mediaId, context());
    expect((await readMedia(mediaId)).state).toBe('ready');
    expect(await platform.storage.exists(`media/${mediaId}/run-old/liuchang/00000.ts`)).toBe(false);
    const playlist = await readFile(
      storedPath(platform.storage, `${mediaFolder(mediaId)}/liuchang/index.m3u8`),
      'utf8',
    );
    await transcodeMedia(mediaId, context());
    expect(await readFile(storedPath(platform.storage, `${mediaFolder(mediaId)}/liuchang/index.m3u8`), 'utf8')).toBe(
      playlist,
    );
  });
});

describe('videos that cannot be processed now', () => {
  it('without ffmpeg the uploader reads what to install, and it goes on by itself later', async () => {
    const bare = await makeFixture({ FFMPEG_PATH: '/nowhere/ffmpeg', FFPROBE_PATH: '/nowhere/ffprobe' });
    try {
      const mediaId = await uploadFile(bare, mp4Like(2000));
      await transcodeMedia(mediaId, context({ platform: bare.test.platform }));
      const media = (await bare.teacher.client.get<MediaView>(`/api/media/${mediaId}`)).body;
      expectFailure(media, 'ffmpeg-missing');
      expect(media.failure).toContain('apt-get install ffmpeg');
      await bare.database.owner.query('delete from graphile_worker._private_jobs');
      await resumeTranscodes.run({}, context({ platform: bare.test.platform }));
      await resumeTranscodes.run({}, context({ platform: bare.test.platform }));
      const { rows } = await bare.database.pool.query('select key from graphile_worker.jobs');
      expect(rows).toEqual([{ key: `transcode-${mediaId}` }]);
    } finally {
      await bare.close();
    }
  });

  it('a lost original is said so', async () => {
    const mediaId = await uploadFile(fixture, mp4Like(2000));
    const { rows } = await fixture.database.pool.query('select id from upload where media_id = $1', [mediaId]);
    await fixture.test.platform.storage.delete(originalKey(rows[0].id));
    await transcodeMedia(mediaId, context());
    expectFailure(await readMedia(mediaId), 'original-missing');
  });

  it('of two runs only the newer one may write', async () => {
    const mediaId = await uploadFile(fixture, mp4Like(2000));
    const { pool } = fixture.database;
    const [older, newer] = [randomUUID(), randomUUID()].map((runId) => ({ mediaId, runId }));
    if (!older || !newer) throw new Error('two runs');
    const now = new Date();
    await claimMedia(pool, older, now);
    expect(await reportProgress(pool, older, 10, now)).toBe(true);
    await claimMedia(pool, newer, now);
    expect(await reportProgress(pool, older, 20, now)).toBe(false);
    expect(await reportProgress(pool, newer, 5, now)).toBe(true);
    expect((await readMedia(mediaId)).progressPercent).toBe(5);
  });

  it('a lesson with such a video cannot be submitted', async () => {
    const mediaId = await uploadFile(fixture, mp4Like(2000));
    const { url } = await makeDraft(fixture, '坏视频', []);
    const lesson = documentLesson(fixture, '视频', {
      kind: 'video',
      documentText: null,
      readingSeconds: null,
      mediaId,
    });
    await fixture.teacher.client.post(`${url}/lessons`, lesson);
    expect((await fixture.teacher.client.post(`${url}/submit`)).text).toContain('视频正在处理');
  });
});
