import { CONTAINER_HEAD_BYTES, detectVideoContainer } from '@antu/domain';
import { recall, remember } from '@antu/web-kit';
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import { httpTransport } from './http-transport.ts';
import { UploadClient, type UploadMemory, type UploadStatus, type UploadStore } from './upload-client.ts';

/** What the device remembers, under one name per lesson being made. */
function deviceStore(name: string): UploadStore {
  const key = `antu.upload.${name}`;
  return {
    load() {
      try {
        return JSON.parse(recall(key) ?? 'null') as UploadMemory | null;
      } catch {
        return null;
      }
    },
    save: (memory) => remember(key, memory === null ? null : JSON.stringify(memory)),
  };
}

export type FileProblem = 'empty' | 'notVideo';

/** Looks at a file before a byte is sent; the server looks again at all of it. The limit of size is the server's to say. */
export async function findFileProblem(file: File): Promise<FileProblem | null> {
  if (file.size === 0) return 'empty';
  const head = new Uint8Array(await file.slice(0, CONTAINER_HEAD_BYTES).arrayBuffer());
  return detectVideoContainer(head) === null ? 'notVideo' : null;
}

/** An upload on a page: status, the unfinished one of an earlier visit, and the wish to stay while bytes are on their way. */
export function useUpload(organisationId: string, name: string) {
  const store = deviceStore(name);
  const unfinished = ref(store.load());
  const status = shallowRef<UploadStatus>();
  const client = new UploadClient({
    transport: httpTransport(organisationId),
    store,
    onChange: (next) => {
      status.value = next;
    },
  });
  const onOnline = () => client.retryNow();
  const onLeave = (event: BeforeUnloadEvent) => {
    if (status.value?.phase === 'sending' || status.value?.phase === 'waiting') event.preventDefault();
  };
  onMounted(() => {
    window.addEventListener('online', onOnline);
    window.addEventListener('beforeunload', onLeave);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('online', onOnline);
    window.removeEventListener('beforeunload', onLeave);
    client.pause();
  });
  return {
    client,
    status,
    unfinished,
    forget() {
      store.save(null);
      unfinished.value = null;
    },
  };
}
