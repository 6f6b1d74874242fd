import type { Wish } from '../../apps/server/src/modules/learning/advance-session.ts';

/** A repeatable sequence of numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * What a player sends while somebody watches a lesson as people do: reports every 20 s, some late by the network's jitter, a touch now and
 * then, a few pauses, sometimes another tab in front. Times are server times.
 */
export function* playLesson(
  startMs: number,
  durationMs: number,
  random: () => number,
): Generator<Wish & { nowMs: number }> {
  let nowMs = startMs;
  let mediaMs = 0;
  let seq = 0;
  let lastJitterMs = 0;
  const report = (activity: 'playing' | 'paused' | 'hidden' | 'ended', touched: boolean): Wish & { nowMs: number } => {
    seq += 1;
    const claims = [{ seq, mediaMs: Math.round(mediaMs), activity, touched, ageMs: 0 }];
    return { type: 'beats', claims, nowMs: Math.round(nowMs) };
  };
  yield report('playing', true);
  while (mediaMs < durationMs) {
    const stepMs = Math.min(20_000, durationMs - mediaMs);
    // Timers and networks: a few tens of milliseconds, now and then much more.
    const jitterMs = random() < 0.1 ? random() * 800 : random() * 50;
    nowMs += stepMs + jitterMs - lastJitterMs;
    lastJitterMs = jitterMs;
    mediaMs += stepMs;
    const isPause = random() < 0.03 && mediaMs < durationMs;
    yield report(mediaMs >= durationMs ? 'ended' : isPause ? 'paused' : 'playing', random() < 0.15 || isPause);
    if (!isPause) continue;
    nowMs += 5_000 + random() * 60_000;
    yield report('playing', true);
  }
  nowMs += 2_000;
  yield report('ended', false);
  yield { type: 'close', claims: [], nowMs: Math.round(nowMs + 1_000) };
}
