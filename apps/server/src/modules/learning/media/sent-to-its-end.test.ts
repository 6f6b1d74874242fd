import { setTimeout as sleep } from 'node:timers/promises';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeMediaWorld, type MediaWorld, Viewer } from '../testing/media-world.ts';
import { startStudyBench, type StudyBench } from '../testing/study-bench.ts';

/** More than all the buffers between two programs hold. */
const BIG_BYTES = 24 * 1024 * 1024;

let bench: StudyBench;
let world: MediaWorld;
let origin: string;

beforeAll(async () => {
  bench = await startStudyBench();
  world = await makeMediaWorld(bench, { segmentSeconds: [4, 4], bytes: { gaoqing: BIG_BYTES } });
  origin = await bench.test.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => bench?.close());

/** Asks over a real connection. */
function ask(viewer: Viewer, path: string, signal?: AbortSignal): Promise<Response> {
  const headers = { 'x-test-actor': viewer.loginSessionId };
  return fetch(origin + viewer.folder + path, { headers, ...(signal ? { signal } : {}) });
}

function readerOf(answer: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (!answer.body) throw new Error('an answer without a body');
  return answer.body.getReader();
}

describe('a segment over a real connection', () => {
  it('holds its last bytes back until the note of them is committed', async () => {
    const viewer = await Viewer.begin(bench, world);
    const lock = await bench.database.owner.connect();
    await lock.query('begin');
    await lock.query('select from live_study_session where bucket = $1 and person_id = $2 for update', [
      bucketOf(viewer.personId),
      viewer.personId,
    ]);
    let received = 0;
    let isOver = false;
    const reading = (async () => {
      const reader = readerOf(await ask(viewer, 'biaoqing/001.ts'));
      for (let part = await reader.read(); !part.done; part = await reader.read()) received += part.value.length;
      isOver = true;
    })();
    try {
      await vi.waitFor(() => expect(received).toBe(30_000 - 1024), 10_000);
      await sleep(300);
      expect([received, isOver, await viewer.delivered()]).toEqual([30_000 - 1024, false, []]);
    } finally {
      await lock.query('rollback');
      lock.release();
    }
    await reading;
    expect([received, await viewer.delivered()]).toEqual([30_000, [{ from: 4_000, to: 8_000 }]]);
  });

  it('is not noted if the other side goes away on the way', async () => {
    const viewer = await Viewer.begin(bench, world);
    const abort = new AbortController();
    const answer = await ask(viewer, 'gaoqing/000.ts', abort.signal);
    expect(Number(answer.headers.get('content-length'))).toBe(BIG_BYTES);
    await readerOf(answer).read();
    // The server fills every buffer in between and then waits.
    await sleep(300);
    abort.abort();
    await sleep(500);
    expect(await viewer.delivered()).toEqual([]);
    const whole = await (await ask(viewer, 'gaoqing/000.ts')).arrayBuffer();
    expect(Buffer.from(whole).equals(world.files.gaoqing[0] ?? Buffer.alloc(0))).toBe(true);
    expect(await viewer.delivered()).toEqual([{ from: 0, to: 4_000 }]);
  });

  it('is not noted for one who asks and hangs up', async () => {
    const viewer = await Viewer.begin(bench, world);
    for (const path of ['liuchang/000.ts', 'biaoqing/000.ts', 'gaoqing/001.ts']) {
      const abort = new AbortController();
      const answer = ask(viewer, path, abort.signal);
      setImmediate(() => abort.abort());
      await expect(answer).rejects.toThrow();
    }
    await sleep(500);
    expect(await viewer.delivered()).toEqual([]);
  });

  it('breaks off when the session ended meanwhile', async () => {
    const viewer = await Viewer.begin(bench, world);
    const answer = await ask(viewer, 'gaoqing/000.ts');
    await viewer.finish();
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect((await ask(viewer, 'gaoqing/000.ts')).status).toBe(410);
  });
});
