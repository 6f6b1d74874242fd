import { type ExportView, getExport, listExports } from '@antu/contract';
import { api, recall, remember } from '@antu/web-kit';
import { computed, ref, shallowRef } from 'vue';

const POLL_MS = 1_500;
const SLOWEST_POLL_MS = 10_000;
/** Exports ordered in this browser whose end was not yet said, so that a reload does not swallow it. */
const KEY = 'antu.enterprise.exports-awaited';

const items = shallowRef<ExportView[]>([]);
const announced = ref<ExportView[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;
let waitMs = POLL_MS;

const awaited = (): string[] => (recall(KEY) ?? '').split(',').filter((id) => id !== '');
const setAwaited = (ids: readonly string[]): void => remember(KEY, ids.length === 0 ? null : ids.join(','));
const isOpen = (one: ExportView): boolean => one.state === 'waiting' || one.state === 'running';

function take(one: ExportView): void {
  const known = items.value.some((item) => item.id === one.id);
  items.value = known ? items.value.map((item) => (item.id === one.id ? one : item)) : [one, ...items.value];
  if (isOpen(one) || !awaited().includes(one.id)) return;
  setAwaited(awaited().filter((id) => id !== one.id));
  announced.value = [...announced.value.filter((item) => item.id !== one.id), one];
}

async function poll(): Promise<void> {
  const open = new Set([...items.value.filter(isOpen).map((one) => one.id), ...awaited()]);
  try {
    for (const exportId of open) take(await api.call(getExport, { params: { exportId } }));
    waitMs = POLL_MS;
  } catch {
    // Another account signed in here, or no network: asked again more slowly, and for ever only while it is open.
    waitMs = Math.min(SLOWEST_POLL_MS, waitMs * 2);
    if (waitMs === SLOWEST_POLL_MS) setAwaited([]);
  }
  schedule();
}

function schedule(): void {
  clearTimeout(timer);
  if (items.value.some(isOpen) || awaited().length > 0) timer = setTimeout(() => void poll(), waitMs);
}

/** The exports of this account, followed in the background wherever the person goes meanwhile. */
export function useExportWatch() {
  schedule();
  return {
    items,
    announced: computed(() => announced.value),
    async load(signal?: AbortSignal): Promise<ExportView[]> {
      const answer = await api.call(listExports, {}, signal ? { signal } : {});
      items.value = answer.items;
      schedule();
      return answer.items;
    },
    follow(one: ExportView): void {
      setAwaited([...awaited(), one.id]);
      take(one);
      waitMs = POLL_MS;
      schedule();
    },
    dismiss(id: string): void {
      announced.value = announced.value.filter((one) => one.id !== id);
    },
  };
}

/** Address of the finished file; the server writes an audit row when it is fetched. */
export const exportFileUrl = (id: string): string => `/api/exports/${encodeURIComponent(id)}/file`;
