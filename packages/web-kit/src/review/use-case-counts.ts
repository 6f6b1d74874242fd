import { type EndpointAnswer, listReviewCases } from '@antu/contract';
import { shallowRef, type ShallowRef } from 'vue';
import { api } from '../session.ts';

export type CaseCounts = EndpointAnswer<typeof listReviewCases>['counts'];

const counts = shallowRef<CaseCounts>();
let askedAtMs = Number.NEGATIVE_INFINITY;
/** The last question, answered or not. */
let asking = Promise.resolve();

/** The rail and the to-do list may be this old, since each look at the desk is an entry of the audit log; a decision asks at once. */
const FRESH_MS = 300_000;

async function ask(keep: (found: CaseCounts) => void): Promise<void> {
  try {
    keep((await api.call(listReviewCases, { query: { limit: 1 } })).counts);
  } catch {
    // The number in the rail is a convenience: the list itself says what went wrong.
  }
}

/** How many cases wait, shared by the rail, the to-do list and the desk. */
export function useCaseCounts(): {
  counts: ShallowRef<CaseCounts | undefined>;
  /** Keeps counts that came with a list. */
  keep: (found: CaseCounts) => void;
  /** Asks again unless that was just done; waits for an answer that is on its way. A failure keeps what is known. */
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
    refresh: ({ now = false } = {}) => {
      if (now || performance.now() - askedAtMs >= FRESH_MS) {
        askedAtMs = performance.now();
        asking = ask(keep);
      }
      return asking;
    },
    forget: () => {
      counts.value = undefined;
      askedAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}
