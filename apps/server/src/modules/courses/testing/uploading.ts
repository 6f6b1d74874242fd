import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UploadView } from '@antu/contract';
import type { TestAnswer } from '../../../platform/testing/index.ts';
import type { CourseFixture } from './fixture.ts';

/** False where ffmpeg is not installed: tests that need it are skipped and counted as such. */
export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** Makes a short clip with ffmpeg. `args` say what is in it. */
export function makeClip(name: string, ...args: string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'antu-clip-'));
  try {
    const path = join(folder, name);
    const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...args, path]);
    if (status !== 0) throw new Error(String(stderr));
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const picture = (size: string, seconds: number) => [
  '-f',
  'lavfi',
  '-i',
  `testsrc=size=${size}:rate=25:duration=${seconds}`,
];
export const sound = (seconds: number) => ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
export const fastH264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** First bytes of an MP4 file, then anything. */
export function mp4Like(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes, 7);
  bytes.write('\0\0\0\x18ftypmp42', 0, 'latin1');
  return bytes;
}

export const startUpload = (
  fixture: CourseFixture,
  sizeBytes: number,
  fileName = '第一课.mp4',
): Promise<TestAnswer<UploadView>> =>
  fixture.teacher.client.post<UploadView>('/api/uploads', {
    organisationId: fixture.bodyId,
    fileName,
    sizeBytes,
    contentType: 'video/mp4',
  });

export const sendChunk = (
  fixture: CourseFixture,
  uploadId: string,
  offset: number | string,
  bytes: Buffer,
): Promise<TestAnswer<UploadView>> =>
  fixture.teacher.client.patch<UploadView>(`/api/uploads/${uploadId}`, bytes, {
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
  });

/** Uploads a whole file. @returns the id of its media */
export async function uploadFile(fixture: CourseFixture, bytes: Buffer, chunkBytes = 4 * 1024 * 1024): Promise<string> {
  const started = await startUpload(fixture, bytes.length);
  let upload = started.body;
  while (upload.state === 'receiving') {
    const chunk = bytes.subarray(upload.offsetBytes, upload.offsetBytes + chunkBytes);
    const answer = await sendChunk(fixture, upload.id, upload.offsetBytes, chunk);
    if (answer.status !== 200) throw new Error(answer.text);
    upload = answer.body;
  }
  return upload.mediaId ?? '';
}
