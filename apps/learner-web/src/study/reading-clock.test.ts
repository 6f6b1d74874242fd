import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReadingClock } from './reading-clock.ts';

const events: string[] = [];
const make = (startAtMs = 0) =>
  new ReadingClock({
    durationMs: 60_000,
    startAtMs,
    onPlaying: () => events.push('playing'),
    onPaused: () => events.push('paused'),
    onEnded: () => events.push('ended'),
  });

beforeEach(() => {
  vi.useFakeTimers();
  events.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

it('counts reading time only between play and pause', () => {
  const clock = make(5_000);
  vi.advanceTimersByTime(10_000);
  clock.play();
  vi.advanceTimersByTime(7_000);
  clock.pause();
  vi.advanceTimersByTime(10_000);
  expect(clock.positionMs()).toBe(12_000);
  expect(events).toEqual(['playing', 'paused']);
});

it('ends at the reading time and not beyond', () => {
  const clock = make(50_000);
  clock.play();
  vi.advanceTimersByTime(30_000);
  expect(clock.positionMs()).toBe(60_000);
  expect(events).toEqual(['playing', 'ended']);
});

it('can be set back while running and tells that it goes on', async () => {
  const clock = make();
  clock.play();
  vi.advanceTimersByTime(20_000);
  clock.seek(5_000);
  await Promise.resolve();
  vi.advanceTimersByTime(1_000);
  expect(clock.positionMs()).toBe(6_000);
  expect(events).toEqual(['playing', 'playing']);
});

it('stops its timer when disposed of', () => {
  const clock = make();
  clock.play();
  clock.dispose();
  vi.advanceTimersByTime(90_000);
  expect(events).toEqual(['playing']);
});
