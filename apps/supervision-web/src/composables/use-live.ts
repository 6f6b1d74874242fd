import { getLive, type LiveSnapshot } from '@antu/contract';
import type { SchemeCode } from '@antu/domain';
import { api, type ApiError, toApiError, useEventStream, type StreamState } from '@antu/web-kit';
import { computed, effectScope, type EffectScope, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue';

export interface LiveQuery {
  region?: string | undefined;
  scheme?: SchemeCode | undefined;
}

const STREAM_PATH = '/api/supervision/live/stream';

/** Who studies now: one answer at once, then a snapshot every few seconds from the server's stream. */
export function useLive(query: Ref<LiveQuery>) {
  const snapshot = shallowRef<LiveSnapshot>();
  const error = shallowRef<ApiError>();
  const stream = ref<StreamState>('connecting');
  let scope: EffectScope | undefined;
  let running: AbortController | undefined;

  const start = async () => {
    scope?.stop();
    running?.abort();
    const mine = new AbortController();
    running = mine;
    error.value = undefined;
    scope = effectScope(true);
    scope.run(() => {
      const { state } = useEventStream(api.urlOf({ path: STREAM_PATH }, { query: query.value }), {
        snapshot: (data) => {
          if (running === mine) snapshot.value = data as LiveSnapshot;
        },
      });
      watch(state, (now) => (stream.value = now), { immediate: true });
    });
    try {
      const answer = await api.call(getLive, { query: query.value }, { signal: mine.signal });
      if (running === mine) snapshot.value = answer;
    } catch (cause) {
      if (running === mine) error.value = toApiError(cause);
    }
  };
  watch(query, () => void start(), { immediate: true, deep: true });
  onScopeDispose(() => {
    scope?.stop();
    running?.abort();
  });
  const state = computed(() => (error.value ? 'error' : snapshot.value ? 'ready' : 'loading'));
  return { snapshot, state, error, stream, reload: start };
}
