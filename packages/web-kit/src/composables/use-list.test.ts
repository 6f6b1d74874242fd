import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useList, type ListPage } from './use-list.ts';

const store = new Map<string, string>();
let address = new URL('http://antu.test/people');

beforeEach(() => {
  vi.useFakeTimers();
  store.clear();
  address = new URL('http://antu.test/people');
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  });
  vi.stubGlobal('location', {
    get search() {
      return address.search;
    },
    get pathname() {
      return address.pathname;
    },
    hash: '',
  });
  vi.stubGlobal('history', {
    state: null,
    replaceState: (_state: unknown, _title: string, to: string) => {
      address = new URL(to, address);
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

type Ask = { filters: Record<string, string>; cursor: string | undefined };
const flush = () => vi.advanceTimersByTimeAsync(300);

function makeList(pages: Record<string, ListPage<number>>, name?: string) {
  const asked: Ask[] = [];
  const list = useList(
    async ({ filters, cursor }) => {
      asked.push({ filters: { ...filters }, cursor });
      return pages[cursor ?? 'first'] ?? { items: [], nextCursor: null, total: 0 };
    },
    { filters: { q: '', state: 'all' }, ...(name && { name }) },
  );
  return { list, asked };
}
const TWO_PAGES = {
  first: { items: [1, 2], nextCursor: 'c1', total: 3 },
  c1: { items: [3], nextCursor: null, total: 3 },
};

describe('useList', () => {
  it('gathers pages and keeps the exact total', async () => {
    const { list, asked } = makeList(TWO_PAGES);
    expect(list.state.value).toBe('loading');
    await flush();
    expect([list.items.value, list.total.value, list.hasMore.value]).toEqual([[1, 2], 3, true]);
    await list.loadMore();
    expect([list.items.value, list.hasMore.value]).toEqual([[1, 2, 3], false]);
    await list.loadMore();
    expect(asked).toHaveLength(2);
  });

  it('asks once for a burst of typing, from the start', async () => {
    const { list, asked } = makeList(TWO_PAGES);
    await flush();
    list.setFilters({ q: '张' });
    list.setFilters({ q: '张三' });
    await flush();
    expect(asked.slice(1)).toEqual([{ filters: { q: '张三', state: 'all' }, cursor: undefined }]);
  });

  it('says empty and error apart', async () => {
    const { list } = makeList({});
    const broken = useList(() => Promise.reject(new Error('no')), { filters: {} });
    await flush();
    expect([list.state.value, broken.state.value]).toEqual(['empty', 'error']);
  });

  it('remembers filters in the address and on the device', async () => {
    makeList(TWO_PAGES, 'people').list.setFilters({ q: '张' });
    await flush();
    expect(address.searchParams.get('people.q')).toBe('张');
    expect(address.searchParams.has('people.state')).toBe(false);
    address = new URL('http://antu.test/people');
    expect(makeList(TWO_PAGES, 'people').list.filters.value).toEqual({ q: '张', state: 'all' });
  });

  it('lets a link win as a whole over what the device remembers', async () => {
    store.set('antu.list.people', JSON.stringify({ q: '张', state: 'overdue' }));
    address = new URL('http://antu.test/people?people.state=mend');
    expect(makeList(TWO_PAGES, 'people').list.filters.value).toEqual({ q: '', state: 'mend' });
  });

  it('starts afresh from unreadable memory', () => {
    store.set('antu.list.people', '{broken');
    expect(makeList(TWO_PAGES, 'people').list.filters.value).toEqual({ q: '', state: 'all' });
  });
});
