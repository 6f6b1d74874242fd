import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { useTurns } from './use-turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('waits for its beginning, then takes one step per turn and stops at the last', async () => {
  const ready = ref(false);
  const turn = effectScope().run(() => useTurns(2, () => ready.value));
  await vi.advanceTimersByTimeAsync(100);
  expect(turn?.value).toBe(0);
  ready.value = true;
  await nextTick();
  expect(turn?.value).toBe(0);
  vi.advanceTimersToNextTimer();
  expect(turn?.value).toBe(1);
  vi.advanceTimersToNextTimer();
  expect(turn?.value).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});

it('begins once: a page that loads again stays whole', async () => {
  const ready = ref(true);
  const turn = effectScope().run(() => useTurns(2, () => ready.value));
  await vi.runAllTimersAsync();
  ready.value = false;
  await nextTick();
  ready.value = true;
  await nextTick();
  expect(vi.getTimerCount()).toBe(0);
  expect(turn?.value).toBe(2);
});

it('ends with the page', () => {
  const scope = effectScope();
  scope.run(() => useTurns(2, () => true));
  scope.stop();
  expect(vi.getTimerCount()).toBe(0);
});
