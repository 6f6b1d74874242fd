import type { IdentityReview } from '@antu/contract';

type Page = { items: IdentityReview[]; nextCursor: string | null };
/** Asks for a page of one state. */
export type AskReviews = (state: 'open' | 'decided', cursor: string | undefined) => Promise<Page>;

/** A queue longer than this is not looked through to its end: who opens an address that old starts from the list. */
const MOST_PAGES = 10;

export interface FoundReview {
  readonly review: IdentityReview | undefined;
  /** The open one to look at after it: the oldest other one on which this account may vote. */
  readonly next: IdentityReview | undefined;
}

/** Finds a review by its id, first among the open ones, then among the decided ones, and the one to do next. */
export async function findReview(reviewId: string, ask: AskReviews): Promise<FoundReview> {
  const open = await look('open', ask, (one) => one.id === reviewId);
  const next = open.seen.find((one) => one.id !== reviewId && one.mayVote);
  if (open.found) return { review: open.found, next };
  const decided = await look('decided', ask, (one) => one.id === reviewId);
  return { review: decided.found, next };
}

async function look(
  state: 'open' | 'decided',
  ask: AskReviews,
  wanted: (one: IdentityReview) => boolean,
): Promise<{ found: IdentityReview | undefined; seen: IdentityReview[] }> {
  const seen: IdentityReview[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, nextCursor } = await ask(state, cursor);
    seen.push(...items);
    const found = items.find(wanted);
    if (found || nextCursor === null) return { found, seen };
    cursor = nextCursor;
  }
  return { found: undefined, seen };
}
