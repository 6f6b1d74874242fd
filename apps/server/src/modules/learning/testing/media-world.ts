import { randomBytes, randomUUID } from 'node:crypto';
import type { StudyStatus } from '@antu/contract';
import { bucketOf, type Interval, type SchemeCode } from '@antu/domain';
import type { TestAnswer } from '../../../platform/testing/index.ts';
import { mediaFolder } from '../../courses/index.ts';
import { loadLiveSessions } from '../live-session.ts';
import { writeCheck } from './identity-checks.ts';
import { beat, Student, type StudyBench } from './study-bench.ts';
import { makePeople, makeStudyWorld, type StudyWorld } from './study-world.ts';

export const grades = ['liuchang', 'biaoqing', 'gaoqing'] as const;

/** A course with one lesson, which is this video. */
export type MediaWorld = StudyWorld & {
  scheme: SchemeCode;
  mediaId: string;
  /** Lengths of the segments, seconds. */
  segmentSeconds: readonly number[];
  /** Bytes of the segments of each grade. */
  files: Readonly<Record<(typeof grades)[number], readonly Buffer[]>>;
};

export type MediaWorldOptions = {
  scheme?: SchemeCode;
  segmentSeconds?: readonly number[];
  /** Size of a segment by grade. */
  bytes?: Partial<Record<(typeof grades)[number], number>>;
};

export const segmentName = (index: number): string => `${String(index).padStart(3, '0')}.ts`;

/** A playlist as ffmpeg writes it. */
export function playlistOf(segmentSeconds: readonly number[]): string {
  const segments = segmentSeconds.map((seconds, index) => `#EXTINF:${seconds.toFixed(6)},\n${segmentName(index)}\n`);
  return `#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:4\n${segments.join('')}#EXT-X-ENDLIST\n`;
}

/** Writes a published course whose lesson is a video of segments of these lengths, in three grades, into the storage. */
export async function makeMediaWorld(bench: StudyBench, options: MediaWorldOptions = {}): Promise<MediaWorld> {
  const { scheme = 'work-safety', segmentSeconds = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 0.583333], bytes = {} } = options;
  const mediaId = randomUUID();
  const durationMs = Math.round(segmentSeconds.reduce((sum, one) => sum + one, 0) * 1000);
  // The smallest is held back whole, the largest is read in several pieces.
  const sizes = { liuchang: 900, biaoqing: 30_000, gaoqing: 200_000, ...bytes };
  const filesOf = (grade: (typeof grades)[number]) => segmentSeconds.map(() => randomBytes(sizes[grade]));
  const files = { liuchang: filesOf('liuchang'), biaoqing: filesOf('biaoqing'), gaoqing: filesOf('gaoqing') };
  const { storage } = bench.test.platform;
  const variants = grades.map(
    (grade, at) => `#EXT-X-STREAM-INF:BANDWIDTH=${at + 1},RESOLUTION=1x1\n${grade}/index.m3u8`,
  );
  await storage.put(`${mediaFolder(mediaId)}/master.m3u8`, `#EXTM3U\n${variants.join('\n')}\n`);
  await storage.put(`media/${mediaId}/original.mp4`, 'secret');
  for (const grade of grades) {
    await storage.put(`${mediaFolder(mediaId)}/${grade}/index.m3u8`, playlistOf(segmentSeconds));
    for (const [index, file] of files[grade].entries()) {
      await storage.put(`${mediaFolder(mediaId)}/${grade}/${segmentName(index)}`, file);
    }
  }
  const makeVideo = async (organisationId: string): Promise<string> => {
    await bench.database.owner.query(
      `insert into media_asset (id, organisation_id, state, progress_at, finished_at, created_at, created_by, file_name,
         duration_ms, playlist_key)
       values ($1, $2, 'ready', now(), now(), now(), $2, 'a.mp4', $3, $4)`,
      [mediaId, organisationId, durationMs, `${mediaFolder(mediaId)}/master.m3u8`],
    );
    return mediaId;
  };
  const world = await makeStudyWorld(bench.database.owner, { scheme, lessonSeconds: [durationMs / 1000], makeVideo });
  return { ...world, scheme, mediaId, segmentSeconds, files };
}

/** A learner at a video, honest or not, who passes every check of identity. */
export class Viewer extends Student {
  readonly media: MediaWorld;

  constructor(bench: StudyBench, media: MediaWorld, personId: string) {
    super(bench, media, personId);
    this.media = media;
  }

  static async begin(bench: StudyBench, media: MediaWorld): Promise<Viewer> {
    const [personId = ''] = await makePeople(bench.database.owner, 1);
    const viewer = new Viewer(bench, media, personId);
    await writeCheck(viewer, media);
    await viewer.open();
    return viewer;
  }

  /** Folder of the addresses of this session. */
  get folder(): string {
    return (this.opened?.lesson.playlistUrl ?? '').replace('master.m3u8', '');
  }

  /** Fetches a file below the session's folder. */
  get(path: string, headers: Record<string, string> = {}): Promise<TestAnswer<Record<string, unknown>>> {
    return this.client.get(this.folder + path, { headers });
  }

  /** Asks for the headers of a file below the session's folder. */
  async head(path: string, headers: Record<string, string> = {}): Promise<{ status: number; sizeBytes: number }> {
    const answer = await this.bench.test.app.inject({
      method: 'HEAD',
      url: this.folder + path,
      headers: { ...headers, 'x-test-actor': this.loginSessionId },
    });
    return { status: answer.statusCode, sizeBytes: Number(answer.headers['content-length']) };
  }

  /** Fetches a segment of a grade whole. */
  segment(index: number, grade: (typeof grades)[number] = 'liuchang'): Promise<TestAnswer<Record<string, unknown>>> {
    return this.get(`${grade}/${segmentName(index)}`);
  }

  /** What the running session has noted as sent, ms; null if it asks for no notes or does not run. */
  async delivered(): Promise<readonly Interval[] | null> {
    const { pool } = this.bench.database;
    const live = await loadLiveSessions(pool, [{ bucket: bucketOf(this.personId), personId: this.personId }]);
    const session = live.get(this.personId);
    return session?.sessionId === this.sessionId ? (session.state.delivery?.all ?? null) : null;
  }

  /**
   * Reports playing from the start to `seconds`, whatever the answers say about where to go, and passes the checks.
   * @param beforeSecond what else is done before the picture gets there
   * @returns the last answer
   */
  async play(seconds: number, beforeSecond?: (second: number) => Promise<unknown>): Promise<StudyStatus> {
    let seq = 1;
    let answer = await this.send([beat(seq++, 0)]);
    for (let at = 0; at < seconds; ) {
      const step = Math.min(4, seconds - at);
      await beforeSecond?.(at);
      this.wait(step);
      at += step;
      answer = await this.send([beat(seq++, at)]);
      const { check } = answer.body;
      if (check) {
        await this.passCheck(check.id);
        answer = await this.send([beat(seq++, at)]);
      }
    }
    return answer.body;
  }

  async passCheck(checkId: string): Promise<void> {
    const challengeId = await writeCheck(this, { scheme: this.media.scheme, checkId });
    const url = `/api/study-sessions/${this.sessionId}/checks/${checkId}/verdict`;
    const { status, text } = await this.client.post(url, { challengeId });
    if (status !== 200) throw new Error(`the check was not passed: ${status} ${text}`);
  }
}
