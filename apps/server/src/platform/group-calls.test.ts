import { describe, expect, it } from 'vitest';
import { groupCalls } from './group-calls.ts';

describe('Grouped calls', () => {
  it('are one batch when they come at the same moment, each with the answer at its place', async () => {
    const batches: number[][] = [];
    const { call } = groupCalls<number, string>(async (batch) => {
      batches.push([...batch]);
      return batch.map((one) => (one === 2 ? undefined : `answer ${one}`));
    }, 0);
    expect(await Promise.all([1, 2, 3].map(call))).toEqual(['answer 1', undefined, 'answer 3']);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('that come while a batch is on its way are the next one', async () => {
    const batches: number[][] = [];
    const gate = Promise.withResolvers<void>();
    const { call, drain } = groupCalls<number, number>(async (batch) => {
      batches.push([...batch]);
      if (batches.length === 1) await gate.promise;
      return batch;
    }, 0);
    const first = call(1);
    await expect.poll(() => batches.length).toBe(1);
    const later = [call(2), call(3)];
    gate.resolve();
    expect(await Promise.all([first, ...later])).toEqual([1, 2, 3]);
    expect(batches).toEqual([[1], [2, 3]]);
    await drain();
  });

  it('are all refused when their batch fails, and the next batch is not', async () => {
    let isBroken = true;
    const { call } = groupCalls<number, number>(async (batch) => {
      if (isBroken) throw new Error('no database');
      return batch;
    }, 0);
    const both = await Promise.allSettled([call(1), call(2)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await call(3)).toBe(3);
  });
});
