import { stillCounts } from '@antu/domain';
import { type Difference, keyOf } from './check-paper.ts';
import type { SittingRecords } from './read-sittings.ts';

/** Clocks of several instances may disagree by this much about whether a save or the submission came first. */
const AT_ONCE_MS = 10_000;

/** Compares of every save whether it counts with when it came. */
export function checkSaves(sitting: SittingRecords, found: Difference[]): void {
  const { saves, endsAtMs, endedAtMs, extendedAtMs, graceSeconds, state } = sitting;
  for (const { deviceId, seq, receivedAtMs, counts } of saves) {
    const differs = (what: string): void => {
      found.push({ table: 'exam_save', key: keyOf(sitting, `, device ${deviceId}, seq ${seq}`), what });
    };
    if (endsAtMs === null) {
      differs('was made in a sitting that was not begun');
      continue;
    }
    const inTime = stillCounts(receivedAtMs, endsAtMs, graceSeconds);
    // Handing in, or a void, ends it earlier. Whoever runs out of time keeps the grace.
    const lastMs = state === 'running' || endedAtMs === null || endedAtMs >= endsAtMs ? null : endedAtMs;
    if (counts && (!inTime || (lastMs !== null && receivedAtMs > lastMs + AT_ONCE_MS))) {
      differs('counts although it came after the end');
    }
    // What was late when it came stays late, even if more time was given afterwards.
    const mayHaveBeenLate = extendedAtMs !== null && receivedAtMs <= extendedAtMs;
    const isSafelyIn = receivedAtMs <= endsAtMs && (lastMs === null || receivedAtMs < lastMs - AT_ONCE_MS);
    if (!counts && isSafelyIn && !mayHaveBeenLate) differs('does not count although it came in time');
  }
}
