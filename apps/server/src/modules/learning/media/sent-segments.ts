import { type Interval, subtract, unite } from '@antu/domain';
import { generationCache } from '../generation-cache.ts';
import type { MediaSegment } from './rendition-segments.ts';

/** Bytes of a file that were sent; both ends included. */
export type SentBytes = { startByte: number; endByte: number; sizeBytes: number };

/** What one process remembers of what it sent. Lost memory costs the learner a second download, never credit. */
export type SentSegments = {
  /** Takes bytes into account. @returns whether the session has now been sent every byte of the file, at once or in parts */
  add(sessionId: string, segment: MediaSegment, bytes: SentBytes): boolean;
  /** The whole file was sent, and that is written down. */
  noteWhole(sessionId: string, segment: MediaSegment): void;
  hasWhole(sessionId: string, segment: MediaSegment): boolean;
};

type Sent = {
  /** Per grade, as stretches of the lesson: a viewing from start to end is one entry. */
  readonly whole: Map<string, readonly Interval[]>;
  /** Bytes of files that were sent in part only. */
  readonly parts: Map<string, readonly Interval[]>;
};

/** More than run at one instance at a time. */
const REMEMBERED_SESSIONS = 20_000;
/** A player fetches one file after the other; many begun ones are those of no player. */
const MOST_BEGUN_FILES = 16;

export function sentSegments(): SentSegments {
  const sessions = generationCache<Sent>(REMEMBERED_SESSIONS);
  const sentOf = (sessionId: string): Sent => {
    const known = sessions.get(sessionId);
    if (known) return known;
    const made: Sent = { whole: new Map(), parts: new Map() };
    sessions.set(sessionId, made);
    return made;
  };
  return {
    add(sessionId, { path }, { startByte, endByte, sizeBytes }) {
      const { parts } = sentOf(sessionId);
      const bytes = unite(parts.get(path) ?? [], [{ from: startByte, to: endByte + 1 }]);
      if (isCovered({ from: 0, to: sizeBytes }, bytes)) return true;
      parts.delete(path);
      parts.set(path, bytes);
      const [oldest] = parts.keys();
      if (parts.size > MOST_BEGUN_FILES && oldest !== undefined) parts.delete(oldest);
      return false;
    },
    noteWhole(sessionId, { rendition, path, fromMs, toMs }) {
      const { whole, parts } = sentOf(sessionId);
      parts.delete(path);
      whole.set(rendition, unite(whole.get(rendition) ?? [], [{ from: fromMs, to: toMs }]));
    },
    hasWhole: (sessionId, { rendition, fromMs, toMs }) =>
      isCovered({ from: fromMs, to: toMs }, sessions.get(sessionId)?.whole.get(rendition) ?? []),
  };
}

function isCovered(stretch: Interval, by: readonly Interval[]): boolean {
  return subtract([stretch], by).length === 0;
}
