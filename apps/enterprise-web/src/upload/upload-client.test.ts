import type { UploadView } from '@antu/contract';
import { ApiError } from '@antu/web-kit/api/api-error.ts';
import { describe, expect, it } from 'vitest';
import {
  backOffMs,
  fingerprintOf,
  UploadClient,
  type UploadFile,
  type UploadMemory,
  type UploadStatus,
  type UploadTransport,
} from './upload-client.ts';

const SIZE = 10;
const file: UploadFile = {
  name: '雨夜行车.mp4',
  size: SIZE,
  type: 'video/mp4',
  lastModified: 7,
  slice: (from, to) => new Blob(['x'.repeat(to - from)]),
};
const network = () => new ApiError('network');
const offsetConflict = (offsetBytes: number) =>
  new ApiError('courses.upload_offset', { status: 409, details: { offsetBytes } });

/** A server that keeps what it was sent; `faults` are thrown one by one, before (or, with `after`, instead of answering) a chunk. */
class FakeServer implements UploadTransport {
  received = 0;
  created = 0;
  finds = 0;
  sent: { offset: number; bytes: number }[] = [];
  faults: { error: ApiError; after?: boolean }[] = [];
  findFaults: ApiError[] = [];
  gone = false;
  hold: Promise<void> | null = null;

  view(): UploadView {
    const done = this.received === SIZE;
    const state = done ? 'received' : 'receiving';
    return {
      id: 'u1',
      fileName: file.name,
      sizeBytes: SIZE,
      offsetBytes: this.received,
      state,
      mediaId: done ? 'm1' : null,
      failure: null,
    };
  }
  async create(): Promise<UploadView> {
    this.created += 1;
    return this.view();
  }
  async find(): Promise<UploadView> {
    this.finds += 1;
    const fault = this.findFaults.shift();
    if (fault) throw fault;
    if (this.gone) throw new ApiError('courses.upload_not_found', { status: 404 });
    return this.view();
  }
  async send(_id: string, offset: number, chunk: Blob, onSent: (bytes: number) => void): Promise<UploadView> {
    this.sent.push({ offset, bytes: chunk.size });
    onSent(chunk.size);
    if (this.hold) await this.hold;
    const fault = this.faults.shift();
    if (fault && !fault.after) throw fault.error;
    if (offset !== this.received) throw offsetConflict(this.received);
    this.received += chunk.size;
    if (fault) throw fault.error;
    return this.view();
  }
}

function setUp(memory: UploadMemory | null = null) {
  const server = new FakeServer();
  const waits: number[] = [];
  const seen: UploadStatus[] = [];
  const store = { kept: memory, load: () => store.kept, save: (next: UploadMemory | null) => void (store.kept = next) };
  const client = new UploadClient({
    transport: server,
    store,
    chunkBytes: 4,
    random: () => 0,
    wait: async (ms) => void waits.push(ms),
    onChange: (status) => seen.push(status),
  });
  return { server, waits, seen, store, client };
}
const memoryOf = (uploadId: string): UploadMemory => ({
  uploadId,
  fingerprint: fingerprintOf(file),
  fileName: file.name,
  sizeBytes: SIZE,
  offsetBytes: 4,
});

describe('UploadClient', () => {
  it('sends chunk after chunk and forgets the upload when the server has it all', async () => {
    const { server, client, store } = setUp();
    await client.start(file);
    expect(server.sent).toEqual([
      { offset: 0, bytes: 4 },
      { offset: 4, bytes: 4 },
      { offset: 8, bytes: 2 },
    ]);
    expect(client.status).toMatchObject({ phase: 'done', sentBytes: SIZE, upload: { mediaId: 'm1' } });
    expect(store.kept).toBeNull();
  });

  it('goes on with the same file after a reload, from the offset of the server and not of the device', async () => {
    const { server, client } = setUp(memoryOf('u1'));
    server.received = 8;
    await client.start(file);
    expect(server.created).toBe(0);
    expect(server.sent).toEqual([{ offset: 8, bytes: 2 }]);
    expect(client.status.phase).toBe('done');
  });

  it('starts anew when the server no longer has it, or when it is another file', async () => {
    const lost = setUp(memoryOf('u1'));
    lost.server.gone = true;
    await lost.client.start(file);
    expect(lost.server.created).toBe(1);
    const other = setUp({ ...memoryOf('u1'), fingerprint: 'another' });
    await other.client.start(file);
    expect([other.server.created, other.server.finds]).toEqual([1, 0]);
  });

  it('takes the offset of the server on 409 and sends no byte twice', async () => {
    const { server, client, waits } = setUp();
    // The chunk arrives, its answer does not: the next one is refused with the true offset.
    server.faults = [{ error: offsetConflict(4), after: true }];
    await client.start(file);
    expect(server.sent.map((one) => one.offset)).toEqual([0, 4, 8]);
    expect(waits).toEqual([]);
    expect(client.status.phase).toBe('done');
  });

  it('waits longer after every failure in a row, asks the offset again, and starts over after a success', async () => {
    const { server, client, waits, seen } = setUp();
    server.faults = [
      { error: network() },
      { error: network() },
      { error: new ApiError('x', { status: 503 }), after: true },
    ];
    server.findFaults = [network()];
    await client.start(file);
    expect(waits).toEqual([1000, 2000, 4000]);
    expect(server.sent.map((one) => one.offset)).toEqual([0, 0, 0, 4, 8]);
    expect(seen.some((status) => status.phase === 'waiting' && status.retryInMs === 4000)).toBe(true);
    server.received = 0;
    waits.length = 0;
    server.faults = [{ error: network() }];
    await client.start(file);
    expect(waits).toEqual([1000]);
  });

  it('bounds and spreads the waits', () => {
    expect([0, 1, 4, 9].map((n) => backOffMs(n, 1000, 30_000, () => 0))).toEqual([1000, 2000, 16_000, 30_000]);
    expect(backOffMs(9, 1000, 30_000, () => 1)).toBe(39_000);
  });

  it('pauses between bytes, keeps what the server has and goes on', async () => {
    const { server, client, store } = setUp();
    let release = () => {};
    server.received = 0;
    server.hold = new Promise((resolve) => (release = resolve));
    const running = client.start(file);
    await new Promise((resolve) => setTimeout(resolve, 0));
    client.pause();
    expect(client.status).toMatchObject({ phase: 'paused', sentBytes: 0 });
    release();
    server.hold = null;
    await running;
    expect(client.status.phase).toBe('paused');
    expect(store.kept?.uploadId).toBe('u1');
    // The chunk that was on its way did arrive: resume learns it from the refusal.
    await client.resume();
    expect(client.status.phase).toBe('done');
    expect(server.received).toBe(SIZE);
  });

  it('stops at once on a refusal and says why', async () => {
    const { server, client, waits, store } = setUp();
    server.faults = [{ error: new ApiError('courses.not_a_video', { status: 415, message: '不是视频' }) }];
    await client.start(file);
    expect(client.status).toMatchObject({
      phase: 'failed',
      error: { code: 'courses.not_a_video', message: '不是视频' },
    });
    expect([waits, store.kept]).toEqual([[], null]);
  });

  it('does not retry for ever in a tight loop when the offsets never agree', async () => {
    const { server, client, waits } = setUp();
    server.faults = Array.from({ length: 6 }, () => ({ error: offsetConflict(0) }));
    await client.start(file);
    expect(waits.length).toBeGreaterThan(0);
    expect(client.status.phase).toBe('done');
  });
});
