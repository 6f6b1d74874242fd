import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { holdBackEnd } from './hold-back.ts';

const bytes = (length: number) => Buffer.alloc(length, 7);
const sourceOf = (...lengths: number[]) => Readable.from(lengths.map(bytes), { objectMode: false });

describe('holdBackEnd', () => {
  it.each([[[1]], [[1023]], [[1024]], [[1025]], [[70_000, 1]], [[65_536, 65_536, 500]]])(
    'gives all of %j and asks once',
    async (lengths) => {
      const beforeEnd = vi.fn(async () => undefined);
      const all = await buffer(holdBackEnd(sourceOf(...lengths), beforeEnd));
      expect(all.length).toBe(lengths.reduce((sum, one) => sum + one, 0));
      expect(beforeEnd).toHaveBeenCalledTimes(1);
    },
  );

  it('asks nothing for an empty file', async () => {
    const beforeEnd = vi.fn(async () => undefined);
    expect((await buffer(holdBackEnd(Readable.from([]), beforeEnd))).length).toBe(0);
    expect(beforeEnd).not.toHaveBeenCalled();
  });

  it('gives everything but the last bytes before it asks, and those only afterwards', async () => {
    let allow: () => void = () => undefined;
    const stream = holdBackEnd(sourceOf(3_000, 3_000), () => new Promise((resolve) => (allow = resolve)));
    let received = 0;
    stream.on('data', (chunk: Buffer) => (received += chunk.length));
    await vi.waitFor(() => expect(received).toBe(6_000 - 1_024));
    await sleep(20);
    expect(received).toBe(6_000 - 1_024);
    allow();
    await vi.waitFor(() => expect(received).toBe(6_000));
  });

  it('does not ask as long as nobody takes what came before', async () => {
    const beforeEnd = vi.fn(async () => undefined);
    const stream = holdBackEnd(sourceOf(3_000, 3_000, 3_000), beforeEnd);
    const first = await new Promise<Buffer>((resolve) => stream.once('data', resolve));
    stream.pause();
    await sleep(50);
    expect([first.length, beforeEnd.mock.calls.length]).toEqual([3_000, 0]);
    const source = sourceOf(3_000, 3_000);
    const left = holdBackEnd(source, beforeEnd);
    left.destroy();
    await sleep(20);
    expect([source.destroyed, beforeEnd.mock.calls.length]).toEqual([true, 0]);
  });

  it('ends with the error of the question, or of the source', async () => {
    const refused = holdBackEnd(sourceOf(5_000), () => Promise.reject(new Error('over')));
    await expect(buffer(refused)).rejects.toThrow('over');
    const broken = new Readable({ read: () => undefined });
    const stream = holdBackEnd(broken, async () => undefined);
    broken.destroy(new Error('disk'));
    await expect(buffer(stream)).rejects.toThrow('disk');
  });
});
