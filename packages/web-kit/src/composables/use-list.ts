import {
  getCurrentScope,
  onScopeDispose,
  ref,
  shallowRef,
  computed,
  type ComputedRef,
  type Ref,
  type ShallowRef,
} from 'vue';
import { toApiError, type ApiError } from '../api/api-error.ts';
import { recall, remember } from './storage.ts';
import type { AsyncState } from './use-async.ts';

export interface ListPage<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

/** Filters of a list: short texts only, so that they fit into an address. */
export type ListFilters = Record<string, string>;

export interface ListOptions<F extends ListFilters> {
  /** Filters when nothing is remembered. */
  filters: F;
  /** Name under which the filters stand in the address (`?name.q=…`) and on this device; none: not remembered. */
  name?: string;
  /** Waits this long after a filter changed, so that typing does not ask at every letter. */
  debounceMs?: number;
}

export interface List<T, F extends ListFilters> {
  items: ShallowRef<T[]>;
  /** Exact count over all pages; undefined before the first answer. */
  total: Ref<number | undefined>;
  filters: Ref<F>;
  error: ShallowRef<ApiError | undefined>;
  loading: Ref<boolean>;
  state: ComputedRef<AsyncState>;
  hasMore: ComputedRef<boolean>;
  setFilters: (change: Partial<F>) => void;
  resetFilters: () => void;
  loadMore: () => Promise<void>;
  reload: () => Promise<void>;
}

function readRemembered<F extends ListFilters>(name: string, initial: F): F {
  const found: ListFilters = { ...initial };
  let stored: Record<string, unknown> = {};
  try {
    stored = JSON.parse(recall(`antu.list.${name}`) ?? '{}') as Record<string, unknown>;
  } catch {
    // Written by an older version: start afresh.
  }
  const search = new URLSearchParams(globalThis.location?.search ?? '');
  const inAddress = Object.keys(initial).some((key) => search.has(`${name}.${key}`));
  for (const key of Object.keys(initial)) {
    // An address that names filters is somebody's link: it wins as a whole over what this device remembers.
    const value = inAddress ? search.get(`${name}.${key}`) : stored[key];
    if (typeof value === 'string') found[key] = value;
  }
  return found as F;
}

function writeRemembered(name: string, filters: ListFilters, initial: ListFilters): void {
  remember(`antu.list.${name}`, JSON.stringify(filters));
  if (typeof location === 'undefined') return;
  const search = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(filters)) {
    if (value === initial[key]) search.delete(`${name}.${key}`);
    else search.set(`${name}.${key}`, value);
  }
  const text = search.toString();
  history.replaceState(history.state, '', location.pathname + (text && `?${text}`) + location.hash);
}

/**
 * Pages through a list by cursor. Items gather; a changed filter starts over; answers of outdated questions are dropped.
 * @param load asks for one page; `cursor` is undefined for the first
 */
export function useList<T, F extends ListFilters>(
  load: (ask: { filters: F; cursor: string | undefined; signal: AbortSignal }) => Promise<ListPage<T>>,
  options: ListOptions<F>,
): List<T, F> {
  const { name, debounceMs = 250 } = options;
  const filters = ref(name ? readRemembered(name, options.filters) : { ...options.filters }) as Ref<F>;
  const items = shallowRef<T[]>([]);
  const total = ref<number>();
  const error = shallowRef<ApiError>();
  const loading = ref(false);
  const cursor = ref<string | null>(null);
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const ask = async (from: string | undefined) => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    try {
      const page = await load({ filters: filters.value, cursor: from, signal: mine.signal });
      if (running !== mine) return;
      items.value = from === undefined ? page.items : [...items.value, ...page.items];
      total.value = page.total;
      cursor.value = page.nextCursor;
      error.value = undefined;
    } catch (cause) {
      if (running !== mine) return;
      error.value = toApiError(cause);
    } finally {
      if (running === mine) loading.value = false;
    }
  };

  const reload = () => ask(undefined);
  const loadMore = async () => {
    if (loading.value || cursor.value === null) return;
    await ask(cursor.value);
  };
  const setFilters = (change: Partial<F>) => {
    filters.value = { ...filters.value, ...change };
    if (name) writeRemembered(name, filters.value, options.filters);
    loading.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), debounceMs);
  };

  const state = computed<AsyncState>(() => {
    if (error.value) return 'error';
    if (total.value === undefined) return 'loading';
    return items.value.length === 0 ? 'empty' : 'ready';
  });

  void reload();
  if (getCurrentScope()) {
    onScopeDispose(() => {
      clearTimeout(timer);
      running?.abort();
      running = undefined;
    });
  }
  return {
    items,
    total,
    filters,
    error,
    loading,
    state,
    hasMore: computed(() => cursor.value !== null),
    setFilters,
    resetFilters: () => setFilters(options.filters),
    loadMore,
    reload,
  };
}
