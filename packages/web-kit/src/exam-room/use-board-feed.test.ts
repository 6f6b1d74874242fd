import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { OLD_AFTER_MS, POLL_MS, useBoardFeed } from './use-board-feed.ts';

const NOW = '2026-11-26T02:00:00.000Z';
const page = { hidden: false, listeners: new Set<() => void>() };
const load = vi.fn<(signal: AbortSignal) => Promise<{ now: string; n: number }>>();
let scope: EffectScope;
let n = 0;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', {
    get hidden() {
      return page.hidden;
    },
    addEventListener: (_name: string, listener: () => void) => page.listeners.add(listener),
    removeEventListener: (_name: string, listener: () => void) => page.listeners.delete(listener),
  });
  page.hidden = false;
  n = 0;
  load.mockReset();
  load.mockImplementation(async () => ({ now: NOW, n: ++n }));
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const open = () => scope.run(() => useBoardFeed(load)) as ReturnType<typeof useBoardFeed<{ now: string; n: number }>>;

it('asks every three seconds and counts on from the time of the server', async () => {
  const feed = open();
  await vi.advanceTimersByTimeAsync(0);
  expect(feed.data.value?.n).toBe(1);
  await vi.advanceTimersByTimeAsync(POLL_MS - 500);
  expect(feed.nowMs.value).toBe(Date.parse(NOW) + POLL_MS - 500);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(load).toHaveBeenCalledTimes(2);
});

it('keeps what it has when the network is away, says that it is old, and that it is not once it is back', async () => {
  const feed = open();
  await vi.advanceTimersByTimeAsync(0);
  load.mockRejectedValue(new TypeError('offline'));
  await vi.advanceTimersByTimeAsync(OLD_AFTER_MS);
  expect(feed.data.value?.n).toBe(1);
  expect(feed.error.value).toBeDefined();
  expect(feed.isOld.value).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  expect(feed.isOld.value).toBe(true);
  load.mockImplementation(async () => ({ now: NOW, n: 7 }));
  await feed.refresh();
  expect(feed.error.value).toBeUndefined();
  expect(feed.isOld.value).toBe(false);
  expect(feed.data.value?.n).toBe(7);
});

it('a page at the back asks nothing, and asks at once when it comes forward', async () => {
  open();
  await vi.advanceTimersByTimeAsync(0);
  page.hidden = true;
  for (const listener of page.listeners) listener();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(1);
  page.hidden = false;
  for (const listener of page.listeners) listener();
  await vi.advanceTimersByTimeAsync(0);
  expect(load).toHaveBeenCalledTimes(2);
});

it('a page that was left asks no more', async () => {
  open();
  await vi.advanceTimersByTimeAsync(0);
  scope.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(1);
  expect(page.listeners.size).toBe(0);
});
