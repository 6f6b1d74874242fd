import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testActor } from '../../../platform/testing/index.ts';
import { mediaFolder } from '../../courses/index.ts';
import { grades, makeMediaWorld, type MediaWorld, segmentName, Viewer } from '../testing/media-world.ts';
import { startStudyBench, type StudyBench } from '../testing/study-bench.ts';
import { makeMediaToken } from './media-address.ts';

let bench: StudyBench;
let world: MediaWorld;
let unasked: MediaWorld;

beforeAll(async () => {
  bench = await startStudyBench();
  world = await makeMediaWorld(bench);
  unasked = await makeMediaWorld(bench, { scheme: 'road-transport' });
});
afterAll(() => bench?.close());

const codeOf = ({ body, status }: { body: unknown; status: number }): unknown => [
  status,
  (body as { error?: { code?: string } } | undefined)?.error?.code,
];
const notFound = [404, 'study.media_not_found'];
const foreign = [404, 'study.session_not_found'];
const over = [410, 'study.media_session_over'];
/** Playlists of a session that ended are given for a moment longer; a segment tells at once. */
const wait = () => bench.test.clock.advance(11_000);

describe('the address of a session’s video', () => {
  it('gives lists, and what they name relative to themselves', async () => {
    const viewer = await Viewer.begin(bench, world);
    expect(viewer.folder).toMatch(new RegExp(`^/api/study-media/${viewer.sessionId}\\.[\\w-]{43}/${world.mediaId}/$`));
    const master = await viewer.get('master.m3u8');
    expect([master.status, master.headers['content-type']]).toEqual([200, 'application/vnd.apple.mpegurl']);
    const list = await viewer.get('gaoqing/index.m3u8');
    expect(list.text).toContain('#EXTINF:4.000000,\n000.ts');
    const segment = await viewer.segment(0, 'gaoqing');
    expect(segment.raw).toEqual(world.files.gaoqing[0]);
    expect(segment.headers).toMatchObject({
      'content-type': 'video/mp2t',
      'cache-control': 'private, no-cache',
      'content-length': '200000',
      'accept-ranges': 'bytes',
    });
    expect(segment.headers['etag']).toBeTruthy();
  });

  it('is another one for every session, and leaves poster and subtitles where they were', async () => {
    const viewer = await Viewer.begin(bench, world);
    const first = viewer.folder;
    await viewer.open();
    expect(viewer.folder).not.toBe(first);
    expect(viewer.opened?.lesson).toMatchObject({ posterUrl: null, subtitles: [] });
  });

  it('is the same for a player that counts up its number to get past what its browser keeps', async () => {
    const viewer = await Viewer.begin(bench, world);
    const again = viewer.folder.replace(`/${world.mediaId}/`, `~12/${world.mediaId}/`);
    expect((await viewer.client.get(`${again}liuchang/000.ts`)).status).toBe(200);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 4_000 }]);
  });

  it('is refused to nobody in particular, to the wrong role and to other learners', async () => {
    const viewer = await Viewer.begin(bench, world);
    const url = `${viewer.folder}liuchang/000.ts`;
    expect((await bench.test.client().get(url)).status).toBe(401);
    const teacher = bench.test.as(testActor({ personId: viewer.personId, permissions: ['courses.read'] }));
    expect((await teacher.get(url)).status).toBe(403);
    const nobodyToStudy = bench.test.as(testActor({ personId: null, permissions: ['study.own'] }));
    expect(codeOf(await nobodyToStudy.get(url))).toEqual([403, 'study.no_person']);
    const other = await Viewer.begin(bench, world);
    other.seenSessions.push(viewer.sessionId);
    expect(codeOf(await other.client.get(url))).toEqual(foreign);
    expect(codeOf(await other.client.get(`${viewer.folder}master.m3u8`))).toEqual(foreign);
    const marks = await other.marks();
    expect([...marks]).toContain('audit: media of somebody else’s session');
    expect([...marks]).toContain('anomaly: foreign-session');
    expect([await viewer.delivered(), await other.delivered()]).toEqual([[], []]);
  });

  it('cannot be made up: changed, cut, of another session, of another video', async () => {
    const viewer = await Viewer.begin(bench, world);
    const other = await Viewer.begin(bench, world);
    const { keys } = bench.test.platform;
    const token = makeMediaToken(keys, viewer.sessionId, world.mediaId);
    const [, mac = ''] = token.split('.');
    const swapped = mac.startsWith('A') ? `B${mac.slice(1)}` : `A${mac.slice(1)}`;
    const wrong = [
      `${viewer.sessionId}.${swapped}`,
      `${other.sessionId}.${mac}`,
      `${viewer.sessionId}.${mac.slice(1)}`,
      `${viewer.sessionId}.${mac}A`,
      `${viewer.sessionId}.`,
      viewer.sessionId,
      `${token}~`,
      `${token}~x`,
      token.toUpperCase(),
      `.${mac}`,
      '%00',
      makeMediaToken(keys, viewer.sessionId, unasked.mediaId),
    ];
    for (const one of wrong) {
      const answer = await viewer.client.get(`/api/study-media/${one}/${world.mediaId}/liuchang/000.ts`);
      expect([one, codeOf(answer)]).toEqual([one, notFound]);
    }
    const elsewhere = await viewer.client.get(`/api/study-media/${token}/${unasked.mediaId}/liuchang/000.ts`);
    expect(codeOf(elsewhere)).toEqual(notFound);
    expect((await viewer.client.get(`/api/study-media/${token}/${randomUUID()}/master.m3u8`)).status).toBe(404);
    expect(await viewer.delivered()).toEqual([]);
    expect([...(await viewer.marks())]).toContain('audit: made-up media address');
  });

  it('gives nothing outside the folder of the video', async () => {
    const viewer = await Viewer.begin(bench, world);
    const paths = [
      '../original.mp4',
      '..%2Foriginal.mp4',
      '%2e%2e/original.mp4',
      'liuchang/../../original.mp4',
      'liuchang%2F..%2F..%2Foriginal.mp4',
      '..%5Coriginal.mp4',
      '/etc/passwd',
      'liuchang//000.ts',
      'liuchang/000.ts%00.jpg',
      'a/b/000.ts',
      '.hidden.ts',
      'master.txt',
      'liuchang/999.ts',
      'LIUCHANG/000.ts',
      '',
    ];
    for (const path of paths) {
      const answer = await viewer.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('secret');
    }
    expect((await viewer.get('liuchang%2F000.ts')).status).toBe(200);
  });
});

describe('a session that does not run any more', () => {
  it('gets no segment from the moment it is closed, and then no list either', async () => {
    const viewer = await Viewer.begin(bench, world);
    expect((await viewer.segment(0)).status).toBe(200);
    await viewer.finish();
    expect(codeOf(await viewer.segment(1))).toEqual(over);
    for (const path of ['master.m3u8', 'liuchang/index.m3u8', 'liuchang/001.ts', 'gaoqing/000.ts']) {
      expect([path, codeOf(await viewer.get(path))]).toEqual([path, over]);
    }
  });

  it('gets nothing after another device took it over', async () => {
    const viewer = await Viewer.begin(bench, world);
    const old = viewer.folder;
    await viewer.client.get(`${old}master.m3u8`);
    await viewer.open();
    wait();
    expect(codeOf(await viewer.client.get(`${old}master.m3u8`))).toEqual(over);
    expect(codeOf(await viewer.client.get(`${old}liuchang/000.ts`))).toEqual(over);
    expect((await viewer.segment(0)).status).toBe(200);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 4_000 }]);
  });

  it('does not get the last bytes of a large segment', async () => {
    const viewer = await Viewer.begin(bench, world);
    await viewer.get('master.m3u8');
    await viewer.finish();
    const answer = await viewer.segment(3, 'gaoqing').then(
      ({ raw }) => raw.length,
      () => 0,
    );
    expect(answer).toBeLessThan(200_000);
    expect(codeOf(await viewer.get('master.m3u8'))).toEqual(over);
  });
});

describe('what was sent to its end is noted', () => {
  it.each(grades)('in grade %s, up to the last short segment', async (grade) => {
    const viewer = await Viewer.begin(bench, world);
    await viewer.segment(10, grade);
    expect(await viewer.delivered()).toEqual([{ from: 40_000, to: 40_583 }]);
    for (let index = 0; index < 10; index += 1) await viewer.segment(index, grade);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 40_583 }]);
  });

  it('whatever grade each segment had', async () => {
    const viewer = await Viewer.begin(bench, world);
    await Promise.all([viewer.segment(1, 'gaoqing'), viewer.segment(0, 'liuchang'), viewer.segment(2, 'biaoqing')]);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 12_000 }]);
  });

  it('but not what was only looked at, or sent in part', async () => {
    const viewer = await Viewer.begin(bench, world);
    expect(await viewer.head('gaoqing/000.ts')).toEqual({ status: 200, sizeBytes: 200_000 });
    expect((await viewer.head('liuchang/000.ts')).status).toBe(200);
    await viewer.get('gaoqing/index.m3u8');
    const ranges = ['bytes=0-0', 'bytes=-1', 'bytes=0-199998', 'bytes=1-', 'bytes=100-199999'];
    for (const [index, range] of ranges.entries()) {
      expect((await viewer.get(`gaoqing/${segmentName(index)}`, { range })).status).toBe(206);
    }
    expect((await viewer.get('gaoqing/000.ts', { range: 'bytes=200000-' })).status).toBe(416);
    expect(await viewer.delivered()).toEqual([]);
  });

  it('and what was sent in parts that make the whole', async () => {
    const viewer = await Viewer.begin(bench, world);
    const part = (range: string) => viewer.get('gaoqing/002.ts', { range });
    const pieces = [await part('bytes=0-99999'), await part('bytes=150000-199999'), await part('bytes=0-120000')];
    expect(pieces.map(({ status, raw }) => [status, raw.length])).toEqual([
      [206, 100_000],
      [206, 50_000],
      [206, 120_001],
    ]);
    expect(await viewer.delivered()).toEqual([]);
    // The same bytes of another segment, or sent to another session, do not fill the hole.
    await viewer.get('gaoqing/003.ts', { range: 'bytes=120001-149999' });
    const other = await Viewer.begin(bench, world);
    await other.get('gaoqing/002.ts', { range: 'bytes=120001-149999' });
    expect([await viewer.delivered(), await other.delivered()]).toEqual([[], []]);
    expect((await part('bytes=120001-149999')).raw).toEqual(world.files.gaoqing[2]?.subarray(120_001, 150_000));
    expect(await viewer.delivered()).toEqual([{ from: 8_000, to: 12_000 }]);
  });

  it('several ranges in one request are answered with the whole file', async () => {
    const viewer = await Viewer.begin(bench, world);
    expect((await viewer.get('biaoqing/000.ts', { range: 'bytes=0-1,5-6' })).status).toBe(200);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 4_000 }]);
  });

  it('does not remember parts of more files than a player begins', async () => {
    const long = await makeMediaWorld(bench, { segmentSeconds: Array.from({ length: 20 }, () => 4) });
    const viewer = await Viewer.begin(bench, long);
    for (let index = 0; index < 20; index += 1) {
      await viewer.get(`liuchang/${segmentName(index)}`, { range: 'bytes=0-799' });
    }
    for (const index of [0, 19]) await viewer.get(`liuchang/${segmentName(index)}`, { range: 'bytes=800-' });
    expect(await viewer.delivered()).toEqual([{ from: 76_000, to: 80_000 }]);
  });
});

describe('what a browser already has', () => {
  it('is not sent again if this session got it whole, in this grade', async () => {
    const viewer = await Viewer.begin(bench, world);
    const { headers } = await viewer.segment(0, 'biaoqing');
    const etag = headers['etag'] ?? '';
    const again = await viewer.get('biaoqing/000.ts', { 'if-none-match': etag });
    expect([again.status, again.raw.length]).toEqual([304, 0]);
    expect(again.headers['cache-control']).toBe('private, no-cache');
    const other = await viewer.get('gaoqing/000.ts', { 'if-none-match': etag });
    expect(other.status).toBe(200);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 4_000 }]);
  });

  it('is sent again and noted if it came from another session or only in part', async () => {
    const first = await Viewer.begin(bench, world);
    const etag = (await first.segment(0, 'biaoqing')).headers['etag'] ?? '';
    const viewer = await Viewer.begin(bench, world);
    const part = await viewer.get('biaoqing/000.ts', { 'if-none-match': etag, range: 'bytes=0-9' });
    expect([part.status, await viewer.delivered()]).toEqual([206, []]);
    const whole = await viewer.get('biaoqing/000.ts', { 'if-none-match': etag });
    expect([whole.status, whole.raw.length]).toEqual([200, 30_000]);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 4_000 }]);
  });

  it('of lists is never sent again', async () => {
    const viewer = await Viewer.begin(bench, world);
    const list = await viewer.get('liuchang/index.m3u8');
    const again = await viewer.get('liuchang/index.m3u8', { 'if-none-match': list.headers['etag'] ?? '' });
    expect(again.status).toBe(304);
  });
});

describe('videos that are not as they should be', () => {
  it('a file that the list does not name is given and proves nothing', async () => {
    const { storage } = bench.test.platform;
    const odd = await makeMediaWorld(bench);
    const list = `${mediaFolder(odd.mediaId)}/liuchang/index.m3u8`;
    // Cut off while it was written: the third segment has a length and no name, and the list no end.
    await storage.put(list, '#EXTM3U\r\n#EXTINF:4.0,\r\n000.ts\r\n#EXTINF:2.5,\r\n\r\n001.ts\r\n#EXTINF:4.0,');
    await storage.delete(`${mediaFolder(odd.mediaId)}/gaoqing/index.m3u8`);
    const viewer = await Viewer.begin(bench, odd);
    expect((await viewer.segment(2)).status).toBe(200);
    expect((await viewer.segment(0, 'gaoqing')).status).toBe(200);
    expect(await viewer.delivered()).toEqual([]);
    await viewer.segment(0);
    await viewer.segment(1);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 6_500 }]);
  });

  it('a video that was withdrawn closes within seconds', async () => {
    const gone = await makeMediaWorld(bench);
    const viewer = await Viewer.begin(bench, gone);
    expect((await viewer.segment(0)).status).toBe(200);
    await bench.database.owner.query("update course_version set state = 'withdrawn' where id = $1", [
      gone.courseVersionId,
    ]);
    wait();
    expect((await viewer.segment(1)).status).toBe(403);
  });
});

describe('where the rule set does not ask', () => {
  it('nothing is noted and the browser may keep everything', async () => {
    const viewer = await Viewer.begin(bench, unasked);
    const { headers } = await viewer.segment(0);
    expect(await viewer.delivered()).toBeNull();
    const again = await viewer.get('liuchang/000.ts', { 'if-none-match': headers['etag'] ?? '' });
    expect(again.status).toBe(304);
    await viewer.finish();
    wait();
    expect(codeOf(await viewer.segment(1))).toEqual(over);
  });

  it('the database is not asked for every segment', async () => {
    const viewer = await Viewer.begin(bench, unasked);
    await viewer.segment(0);
    const { pool } = bench.test.platform;
    const query = pool.query.bind(pool);
    let asked = 0;
    Object.assign(pool, {
      query: (...args: Parameters<typeof query>) => {
        asked += 1;
        return query(...args);
      },
    });
    try {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => viewer.segment(index % 11)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(asked).toBe(0);
    } finally {
      Object.assign(pool, { query });
    }
  });
});
