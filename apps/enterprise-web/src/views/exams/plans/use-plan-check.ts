import { checkExamPlan, type EndpointAnswer } from '@antu/contract';
import { api, type ApiError, toApiError } from '@antu/web-kit';
import { computed, type ComputedRef, onScopeDispose, shallowRef, watch } from 'vue';
import type { bodyOfDraft } from './plan-draft.ts';

export type PlanCheck = EndpointAnswer<typeof checkExamPlan>;
type Body = NonNullable<ReturnType<typeof bodyOfDraft>>;

/** Waits this long after the last change before the server is asked. */
const QUIET_MS = 400;

/**
 * Has the server check a plan while it is being written, and keeps the last answer until the next one is there.
 * @param body what would be kept; null while it cannot be asked about
 */
export function usePlanCheck(organisationId: () => string, body: () => Body | null) {
  const found = shallowRef<PlanCheck>();
  const error = shallowRef<ApiError>();
  const busy = shallowRef(false);
  /** The draft that `found` is about. */
  const checked = shallowRef('');
  const asked = computed(() => JSON.stringify(body()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  async function ask(): Promise<void> {
    const draft = body();
    running?.abort();
    if (draft === null) return;
    const mine = new AbortController();
    running = mine;
    const about = asked.value;
    busy.value = true;
    try {
      const answer = await api.call(
        checkExamPlan,
        { body: { organisationId: organisationId(), ...draft } },
        { signal: mine.signal },
      );
      if (running !== mine) return;
      found.value = answer;
      checked.value = about;
      error.value = undefined;
    } catch (cause) {
      if (running === mine) error.value = toApiError(cause);
    } finally {
      if (running === mine) busy.value = false;
    }
  }
  watch(
    asked,
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), QUIET_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    running?.abort();
    running = undefined;
  });
  /** The answer is about what is on screen. */
  const isCurrent: ComputedRef<boolean> = computed(() => found.value !== undefined && checked.value === asked.value);
  return { found, error, busy, isCurrent, again: ask };
}
