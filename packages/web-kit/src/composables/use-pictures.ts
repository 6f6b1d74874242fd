import { getCurrentScope, onScopeDispose, shallowReactive } from 'vue';
import type { ApiError } from '../api/api-error.ts';
import { toApiError } from '../api/api-error.ts';

/** A picture that is fetched only when asked for. `gone`: deleted when its time was over. */
export type PictureState =
  | { readonly state: 'idle' | 'loading' | 'gone' }
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly error: ApiError };

export interface Pictures {
  /** `idle` until it was asked for. */
  of: (key: string) => PictureState;
  /** Fetches what was not fetched yet; what failed is tried again. A page never asks twice for one picture. */
  load: (keys: readonly string[]) => Promise<void>;
}

/** Each fetch is an entry of the audit log and a decryption: a strip of forty must not come at once. */
const AT_ONCE = 3;
const IDLE: PictureState = { state: 'idle' };
const GONE = 410;

/**
 * Pictures of people on a page, fetched when asked for and forgotten when the page is left.
 * @param fetchOne answers the picture of a key; rejects with ApiError
 */
export function usePictures(fetchOne: (key: string, signal: AbortSignal) => Promise<Blob>): Pictures {
  const known = shallowReactive(new Map<string, PictureState>());
  const leaving = new AbortController();

  const loadOne = async (key: string) => {
    known.set(key, { state: 'loading' });
    try {
      const blob = await fetchOne(key, leaving.signal);
      if (!leaving.signal.aborted) known.set(key, { state: 'ready', url: URL.createObjectURL(blob) });
    } catch (cause) {
      const error = toApiError(cause);
      if (!leaving.signal.aborted)
        known.set(key, error.status === GONE ? { state: 'gone' } : { state: 'failed', error });
    }
  };
  const load = async (keys: readonly string[]) => {
    const waiting = [...new Set(keys)].filter((key) => ['idle', 'failed'].includes((known.get(key) ?? IDLE).state));
    for (const key of waiting) known.set(key, { state: 'loading' });
    const workers = Array.from({ length: Math.min(AT_ONCE, waiting.length) }, async () => {
      for (let key = waiting.shift(); key !== undefined && !leaving.signal.aborted; key = waiting.shift())
        await loadOne(key);
    });
    await Promise.all(workers);
  };

  if (getCurrentScope()) {
    onScopeDispose(() => {
      leaving.abort();
      for (const one of known.values()) if (one.state === 'ready') URL.revokeObjectURL(one.url);
      known.clear();
    });
  }
  return { of: (key) => known.get(key) ?? IDLE, load };
}
