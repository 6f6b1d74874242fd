import { type EndpointAnswer, listReviewCases } from '@antu/contract';
import { shallowRef, type ShallowRef } from 'vue';
import { api } from '../session.ts';

export type CaseCounts = EndpointAnswer<typeof listReviewCases>['counts'];

const counts = shallowRef<CaseCounts>();
let askedAtMs = Number.NEGATIVE_INFINITY;

/** The rail and the to-do list may be this old; a decision asks at once. */
const FRESH_MS = 60_000;

/** How many cases wait, shared by the rail, the to-do list and the desk. */
export function useCaseCounts(): {
  counts: ShallowRef<CaseCounts | undefined>;
  /** Keeps counts that came with a list. */
  keep: (found: CaseCounts) => void;
  /** Asks again unless that was just done. A failure keeps what is known. */
  refresh: (options?: { now?: boolean }) => Promise<void>;
  forget: () => void;
} {
  const keep = (found: CaseCounts) => {
    counts.value = found;
    askedAtMs = performance.now();
  };
  return {
    counts,
    keep,
    refresh: async ({ now = false } = {}) => {
      if (!now && performance.now() - askedAtMs < FRESH_MS) return;
      askedAtMs = performance.now();
      try {
        keep((await api.call(listReviewCases, { query: { limit: 1 } })).counts);
      } catch {
        // The number in the rail is a convenience: the list itself says what went wrong.
      }
    },
    forget: () => {
      counts.value = undefined;
      askedAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}
