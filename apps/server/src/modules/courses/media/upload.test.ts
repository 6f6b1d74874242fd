import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { UploadView } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actingContext } from '../acting-context.ts';
import { purgeUploads } from '../jobs.ts';
import { auditActions, codeOf, type CourseFixture, makeFixture } from '../testing/fixture.ts';
import { mp4Like, sendChunk, startUpload, uploadFile } from '../testing/uploading.ts';
import { receiveChunk } from './receive-chunk.ts';
import { originalKey } from './media-queries.ts';
import { storedPath } from './stored-path.ts';

let fixture: CourseFixture;
beforeAll(async () => {
  fixture = await makeFixture({ MAX_UPLOAD_MIB: '20' });
});
afterAll(() => fixture.close());

const stored = (uploadId: string) => readFile(storedPath(fixture.test.platform.storage, originalKey(uploadId)));

describe('a resumable upload', () => {
  it('arrives whole over many chunks and starts the transcoding once', async () => {
    const bytes = mp4Like(10_000);
    randomBytes(9000).copy(bytes, 1000);
    const { body } = await startUpload(fixture, bytes.length);
    expect(body).toMatchObject({ state: 'receiving', offsetBytes: 0, mediaId: null });
    const middle = await sendChunk(fixture, body.id, 0, bytes.subarray(0, 4000));
    expect(middle.body.offsetBytes).toBe(4000);
    const last = await sendChunk(fixture, body.id, 4000, bytes.subarray(4000));
    expect(last.body).toMatchObject({ state: 'received', offsetBytes: 10_000 });
    expect(await stored(body.id)).toEqual(bytes);
    const media = await fixture.teacher.client.get(`/api/media/${last.body.mediaId}`);
    expect(media.body).toMatchObject({ state: 'processing', progressPercent: 0, playlistUrl: null });
    const { rows } = await fixture.database.pool.query('select 1 from graphile_worker.jobs where key = $1', [
      `transcode-${last.body.mediaId}`,
    ]);
    expect(rows).toHaveLength(1);
    expect(codeOf(await sendChunk(fixture, body.id, 10_000, Buffer.from('more')))).toBe('courses.upload_closed');
    expect(await auditActions(fixture.database)).toEqual(
      expect.arrayContaining(['media.start-upload', 'media.finish-upload']),
    );
  });

  it('goes on after a break from the offset that the server knows', async () => {
    const bytes = mp4Like(3000);
    const { body } = await startUpload(fixture, bytes.length);
    await sendChunk(fixture, body.id, 0, bytes.subarray(0, 1000));
    const wrong = await sendChunk(fixture, body.id, 2000, bytes.subarray(2000));
    expect(wrong.status).toBe(409);
    expect(wrong.body).toMatchObject({ error: { code: 'courses.upload_offset', details: { offsetBytes: 1000 } } });
    const known = await fixture.teacher.client.get<UploadView>(`/api/uploads/${body.id}`);
    expect(known.body.offsetBytes).toBe(1000);
    await sendChunk(fixture, body.id, 1000, bytes.subarray(1000));
    expect(await stored(body.id)).toEqual(bytes);
  });

  it('keeps what arrived before the connection broke', async () => {
    const bytes = mp4Like(3000);
    const { body } = await startUpload(fixture, bytes.length);
    const broken = Readable.from(
      (function* () {
        yield bytes.subarray(0, 1500);
        throw new Error('aborted');
      })(),
    );
    const teacher = {
      accountId: fixture.teacher.accountId,
      role: 'teacher',
      organisationId: fixture.bodyId,
      regionCode: '440104',
    } as const;
    const ctx = actingContext(fixture.test.platform, teacher, 'test');
    expect((await receiveChunk(ctx, body.id, 0, broken)).offsetBytes).toBe(1500);
    await sendChunk(fixture, body.id, 1500, bytes.subarray(1500));
    expect(await stored(body.id)).toEqual(bytes);
  });

  it('of many writers at the same offset exactly one gets through, and the file is whole', async () => {
    const bytes = mp4Like(8000);
    const { body } = await startUpload(fixture, bytes.length);
    for (const offset of [0, 4000]) {
      const own = bytes.subarray(offset, offset + 4000);
      const answers = await Promise.all(Array.from({ length: 6 }, () => sendChunk(fixture, body.id, offset, own)));
      const statuses = answers.map(({ status }) => status).toSorted();
      expect(statuses).toEqual([200, 409, 409, 409, 409, 409]);
    }
    expect(
      createHash('sha256')
        .update(await stored(body.id))
        .digest('hex'),
    ).toBe(createHash('sha256').update(bytes).digest('hex'));
    const { rows } = await fixture.database.pool.query('select media_id from upload where id = $1', [body.id]);
    expect(rows[0].media_id).not.toBeNull();
  });
});

describe('what an upload refuses', () => {
  it('a file beyond the limit, before the first byte', async () => {
    const answer = await startUpload(fixture, 20 * 1024 * 1024 + 1);
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('最大允许 20 MiB');
    expect((await startUpload(fixture, 20 * 1024 * 1024)).status).toBe(201);
  });

  it('bytes beyond the announced size, and a chunk that is too large', async () => {
    const { body } = await startUpload(fixture, 1000);
    expect(codeOf(await sendChunk(fixture, body.id, 0, mp4Like(1001)))).toBe('courses.chunk_too_big');
    const large = await startUpload(fixture, 19 * 1024 * 1024);
    const answer = await sendChunk(fixture, large.body.id, 0, mp4Like(9 * 1024 * 1024));
    expect(answer.status).toBe(413);
    expect((await fixture.teacher.client.get<UploadView>(`/api/uploads/${large.body.id}`)).body.offsetBytes).toBe(0);
  });

  it('what is no video, whatever its name says', async () => {
    const text = Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:4\nfile:///etc/hostname\n'.padEnd(2000, '#'));
    const { body } = await startUpload(fixture, text.length);
    const answer = await sendChunk(fixture, body.id, 0, text);
    expect(answer.status).toBe(415);
    expect(codeOf(answer)).toBe('courses.not_a_video');
    const refused = await fixture.teacher.client.get<UploadView>(`/api/uploads/${body.id}`);
    expect(refused.body.state).toBe('refused');
    expect(refused.body.failure).toContain('不是可识别的视频');
    await expect(stored(body.id)).rejects.toThrow('ENOENT');
  });

  it('tells a video from its start even if that comes in tiny pieces', async () => {
    const good = mp4Like(600);
    const mediaId = await uploadFile(fixture, good, 50);
    expect(mediaId).not.toBe('');
    const { body } = await startUpload(fixture, 600);
    const bad = Buffer.alloc(600, 1);
    expect((await sendChunk(fixture, body.id, 0, bad.subarray(0, 300))).status).toBe(200);
    expect((await sendChunk(fixture, body.id, 300, bad.subarray(300))).status).toBe(415);
  });

  it('a missing or odd offset header and a body of another type', async () => {
    const { body } = await startUpload(fixture, 1000);
    for (const offset of ['', '-1', '1e3', 'abc']) {
      expect(codeOf(await sendChunk(fixture, body.id, offset, mp4Like(10)))).toBe('courses.upload_header');
    }
    const json = await fixture.teacher.client.patch(
      `/api/uploads/${body.id}`,
      { bytes: 1 },
      { headers: { 'upload-offset': '0' } },
    );
    expect(codeOf(json)).toBe('courses.upload_header');
  });

  it('everybody from outside the organisation', async () => {
    const { body } = await startUpload(fixture, 1000);
    expect((await fixture.manager.client.get(`/api/uploads/${body.id}`)).status).toBe(200);
    expect((await fixture.otherTeacher.client.get(`/api/uploads/${body.id}`)).status).toBe(403);
    expect((await fixture.learner.client.get(`/api/uploads/${body.id}`)).status).toBe(403);
    const foreign = { organisationId: fixture.bodyId, fileName: 'a.mp4', sizeBytes: 10, contentType: 'video/mp4' };
    expect((await fixture.otherTeacher.client.post('/api/uploads', foreign)).status).toBe(403);
  });
});

describe('uploads that nobody goes on with', () => {
  it('are closed after a day and their files thrown away', async () => {
    const { body } = await startUpload(fixture, 2000);
    await sendChunk(fixture, body.id, 0, mp4Like(1000));
    fixture.test.clock.advance(24 * 3_600_000 - 1);
    await purge();
    expect((await stored(body.id)).length).toBe(1000);
    fixture.test.clock.advance(2);
    expect(codeOf(await sendChunk(fixture, body.id, 1000, mp4Like(1000)))).toBe('courses.upload_closed');
    await purge();
    await expect(stored(body.id)).rejects.toThrow('ENOENT');
    const expired = await fixture.teacher.client.get<UploadView>(`/api/uploads/${body.id}`);
    expect(expired.body.state).toBe('expired');
  });
});

const purge = () =>
  purgeUploads.run(
    {},
    {
      platform: fixture.test.platform,
      log: fixture.test.platform.log,
      attempt: 1,
      isLastAttempt: false,
      signal: undefined,
    },
  );
