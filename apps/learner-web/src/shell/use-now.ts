import { onScopeDispose, type Ref, ref } from 'vue';

/** The present moment, renewed every half minute, so that 今天 becomes 昨天 on a page left open. */
export function useNow(everyMs = 30_000): Ref<Date> {
  const now = ref(new Date());
  const timer = setInterval(() => {
    now.value = new Date();
  }, everyMs);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
