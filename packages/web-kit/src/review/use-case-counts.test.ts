import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useCaseCounts } from './use-case-counts.ts';

const answer = { items: [], nextCursor: null, total: 0, counts: { open: 3, appealed: 1 } };
const asked = vi.fn<() => Promise<Response>>();
let nowMs = 0;

beforeEach(() => {
  asked.mockReset();
  asked.mockImplementation(async () => Response.json(answer));
  nowMs += 1_000_000;
  vi.stubGlobal('fetch', asked);
  vi.stubGlobal('performance', { now: () => nowMs });
  useCaseCounts().forget();
});
afterEach(() => vi.unstubAllGlobals());

it('asks once in five minutes and after a decision', async () => {
  const { counts, refresh } = useCaseCounts();
  await refresh();
  expect(counts.value).toEqual({ open: 3, appealed: 1 });
  nowMs += 299_999;
  await refresh();
  expect(asked).toHaveBeenCalledTimes(1);
  await refresh({ now: true });
  expect(asked).toHaveBeenCalledTimes(2);
  nowMs += 300_000;
  await refresh();
  expect(asked).toHaveBeenCalledTimes(3);
});

it('two who ask at once share the answer', async () => {
  const { counts, refresh } = useCaseCounts();
  void refresh();
  await refresh();
  expect(asked).toHaveBeenCalledTimes(1);
  expect(counts.value?.open).toBe(3);
});

it('does not ask for what just came with a list', async () => {
  const { counts, keep, refresh } = useCaseCounts();
  keep({ open: 7, appealed: 0 });
  await refresh();
  expect(asked).not.toHaveBeenCalled();
  expect(counts.value?.open).toBe(7);
});

it('keeps the number when the server cannot be reached, and forgets it when the reader leaves', async () => {
  const { counts, keep, refresh, forget } = useCaseCounts();
  keep({ open: 7, appealed: 0 });
  asked.mockRejectedValue(new TypeError('offline'));
  await refresh({ now: true });
  expect(counts.value?.open).toBe(7);
  forget();
  expect(counts.value).toBeUndefined();
});
