import { computed, getCurrentScope, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { toApiError, type ApiError } from '../api/api-error.ts';

export type AsyncState = 'loading' | 'ready' | 'empty' | 'error';

export interface Async<T> {
  data: ShallowRef<T | undefined>;
  error: ShallowRef<ApiError | undefined>;
  loading: ShallowRef<boolean>;
  /** What to draw: `loading` only before the first data, so that a refresh does not blink. */
  state: ComputedRef<AsyncState>;
  /** Loads again; an older load that ends later is forgotten. */
  reload: () => Promise<void>;
}

export interface AsyncOptions<T> {
  isEmpty?: (data: T) => boolean;
  /** Wait for `reload()` instead of loading at once. */
  lazy?: boolean;
}

const emptyByShape = (data: unknown) => Array.isArray(data) && data.length === 0;

/** Runs a loader and keeps data, error and state for StateView. The signal is aborted when outdated or unmounted. */
export function useAsync<T>(load: (signal: AbortSignal) => Promise<T>, options: AsyncOptions<T> = {}): Async<T> {
  const data = shallowRef<T>();
  const error = shallowRef<ApiError>();
  const loading = shallowRef(false);
  let running: AbortController | undefined;

  const reload = async () => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    try {
      const loaded = await load(mine.signal);
      if (running !== mine) return;
      data.value = loaded;
      error.value = undefined;
    } catch (cause) {
      if (running !== mine) return;
      error.value = toApiError(cause);
    } finally {
      if (running === mine) loading.value = false;
    }
  };

  const state = computed<AsyncState>(() => {
    if (error.value) return 'error';
    if (data.value === undefined) return 'loading';
    return (options.isEmpty ?? emptyByShape)(data.value) ? 'empty' : 'ready';
  });

  if (!options.lazy) void reload();
  if (getCurrentScope()) {
    onScopeDispose(() => {
      running?.abort();
      running = undefined;
    });
  }
  return { data, error, loading, state, reload };
}
