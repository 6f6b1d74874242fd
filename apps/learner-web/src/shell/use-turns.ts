import { onScopeDispose, readonly, type Ref, ref, watch } from 'vue';

/**
 * Counts from 0 to `last`, one step per turn of the event loop, once `begins` is true: a page drawn in pieces lets a slow
 * phone answer a touch between them.
 */
export function useTurns(last: number, begins: () => boolean): Readonly<Ref<number>> {
  const turn = ref(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = (): void => {
    turn.value += 1;
    if (turn.value < last) timer = setTimeout(next);
  };
  const stop = watch(
    begins,
    (now) => {
      if (!now) return;
      timer = setTimeout(next);
      queueMicrotask(() => stop());
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return readonly(turn);
}
