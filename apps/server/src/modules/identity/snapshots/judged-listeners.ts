import type { Tx } from '../../../platform/database/pool.ts';
import type { SnapshotFindings } from './findings.ts';

export type JudgedSnapshot = {
  captureId: string;
  personId: string;
  /** Study session or sitting. */
  sessionId: string;
  takenAtMs: number;
  judgedAtMs: number;
  findings: SnapshotFindings;
};
export type SnapshotListener = (tx: Tx, snapshot: JudgedSnapshot) => Promise<void>;

const listeners = new Set<SnapshotListener>();

/**
 * Registers what has to happen when it is known what a picture in passing shows, in the same transaction. Call it once when a module
 * is loaded: pictures are judged by jobs.
 */
export function onSnapshotJudged(listener: SnapshotListener): void {
  listeners.add(listener);
}

/** Tells everybody who waits for it. If one of them fails, nothing is written and the job looks at the picture again. */
export async function announceJudgedSnapshot(tx: Tx, snapshot: JudgedSnapshot): Promise<void> {
  for (const listener of listeners) await listener(tx, snapshot);
}
