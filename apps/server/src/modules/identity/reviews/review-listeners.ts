import type { Tx } from '../../../platform/database/pool.ts';

export type DecidedReview = {
  /** Also the id of the pending check. */
  reviewId: string;
  personId: string;
  bucket: number;
  /** Null: no study session or test waits for it. */
  sessionId: string | null;
  approved: boolean;
  decidedAtMs: number;
};
export type ReviewListener = (tx: Tx, review: DecidedReview) => Promise<void>;

const listeners = new Set<ReviewListener>();

/**
 * Registers what has to happen when people decide a pending check, in the same transaction as the decision. Call it once when
 * a module is loaded, not when an application is built: reviews are also decided by jobs.
 */
export function onReviewDecided(listener: ReviewListener): void {
  listeners.add(listener);
}

/** Tells everybody who waits for it. If one of them fails, nothing is decided. */
export async function announceDecidedReview(tx: Tx, review: DecidedReview): Promise<void> {
  for (const listener of listeners) await listener(tx, review);
}
