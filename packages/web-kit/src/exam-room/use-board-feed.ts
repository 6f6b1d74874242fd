import { computed, type ComputedRef, onScopeDispose, ref, shallowRef, type ShallowRef } from 'vue';
import { type ApiError, toApiError } from '../api/api-error.ts';

/** The board asks this often. */
export const POLL_MS = 3_000;
/** Data older than this are called old: three polls and a bit were missed. */
export const OLD_AFTER_MS = 10_000;

export interface BoardFeed<T> {
  data: ShallowRef<T | undefined>;
  /** Why the last question had no answer; undefined once one has. */
  error: ShallowRef<ApiError | undefined>;
  /** Server time now, epoch ms; 0 before the first answer. */
  nowMs: ComputedRef<number>;
  /** How old the data are, ms. */
  ageMs: ComputedRef<number>;
  isOld: ComputedRef<boolean>;
  /** Asks at once, after something was done. */
  refresh: () => Promise<void>;
}

/**
 * Asks again and again while the page is in front, and says how old what it shows is. The stopwatch of the browser counts, so that a
 * wrong clock of the invigilator's computer changes nothing.
 * @param load one question; its answer carries the server's time
 */
export function useBoardFeed<T extends { now: string }>(load: (signal: AbortSignal) => Promise<T>): BoardFeed<T> {
  const data = shallowRef<T>();
  const error = shallowRef<ApiError>();
  const receivedMs = ref(0);
  const tickMs = ref(performance.now());
  let running: AbortController | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  const refresh = async () => {
    clearTimeout(next);
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const answer = await load(mine.signal);
      if (running !== mine) return;
      data.value = answer;
      error.value = undefined;
      receivedMs.value = performance.now();
      tickMs.value = receivedMs.value;
    } catch (cause) {
      if (running !== mine) return;
      error.value = toApiError(cause);
    }
    if (!ended && !document.hidden) next = setTimeout(() => void refresh(), POLL_MS);
  };
  const onVisible = () => {
    if (document.hidden) clearTimeout(next);
    else void refresh();
  };
  const tick = setInterval(() => {
    tickMs.value = performance.now();
  }, 500);
  document.addEventListener('visibilitychange', onVisible);
  void refresh();
  onScopeDispose(() => {
    ended = true;
    clearInterval(tick);
    clearTimeout(next);
    running?.abort();
    running = undefined;
    document.removeEventListener('visibilitychange', onVisible);
  });

  const ageMs = computed(() => (data.value === undefined ? 0 : Math.max(0, tickMs.value - receivedMs.value)));
  return {
    data,
    error,
    ageMs,
    nowMs: computed(() => (data.value === undefined ? 0 : Date.parse(data.value.now) + ageMs.value)),
    isOld: computed(() => ageMs.value > OLD_AFTER_MS),
    refresh,
  };
}
