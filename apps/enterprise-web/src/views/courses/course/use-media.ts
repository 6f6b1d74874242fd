import { getMedia, type MediaView } from '@antu/contract';
import { api } from '@antu/web-kit';
import { onBeforeUnmount, type Ref, shallowRef, watch } from 'vue';

const POLL_MS = 1_500;
const SLOW_POLL_MS = 6_000;

/** Whether a video still changes by itself. */
export const isMoving = (media: MediaView | null): boolean =>
  media?.state === 'processing' || media?.state === 'uploading';

/** Follows a video until it is ready or refused. A lost network only makes it ask more slowly. */
export function useMedia(
  mediaId: Readonly<Ref<string | null>>,
  onChange?: (media: MediaView) => void,
): Ref<MediaView | null> {
  const media = shallowRef<MediaView | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;

  async function ask(id: string): Promise<void> {
    let again = SLOW_POLL_MS;
    try {
      const found = await api.call(getMedia, { params: { mediaId: id } });
      if (gone || mediaId.value !== id) return;
      media.value = found;
      onChange?.(found);
      if (!isMoving(found)) return;
      again = POLL_MS;
    } catch {
      if (gone || mediaId.value !== id) return;
    }
    timer = setTimeout(() => void ask(id), again);
  }
  watch(
    mediaId,
    (id) => {
      clearTimeout(timer);
      media.value = null;
      if (id !== null) void ask(id);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => {
    gone = true;
    clearTimeout(timer);
  });
  return media;
}
