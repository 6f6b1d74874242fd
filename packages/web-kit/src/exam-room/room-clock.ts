import type { BoardRow, ExamView } from '@antu/contract';

/** `before` the window, `window` it is open, `finishing` closed but somebody still sits, `over`. */
export type RoomPhase = 'before' | 'window' | 'finishing' | 'over' | 'cancelled';
export interface RoomClock {
  readonly phase: RoomPhase;
  /** Until the window opens, or until the last candidate's time is up; 0 when it is over. */
  readonly leftSeconds: number;
}

/**
 * What the big clock of a room shows.
 * @param nowMs server time, epoch ms
 */
export function roomClock(
  exam: Pick<ExamView, 'opensAt' | 'closesAt' | 'state'>,
  rows: readonly Pick<BoardRow, 'state' | 'endsAt'>[],
  nowMs: number,
): RoomClock {
  if (exam.state === 'cancelled') return { phase: 'cancelled', leftSeconds: 0 };
  const left = (untilMs: number): number => Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  const opensMs = Date.parse(exam.opensAt);
  if (nowMs < opensMs) return { phase: 'before', leftSeconds: left(opensMs) };
  const closesMs = Date.parse(exam.closesAt);
  const lastEndMs = rows.reduce(
    (latest, row) =>
      row.state === 'running' && row.endsAt !== null ? Math.max(latest, Date.parse(row.endsAt)) : latest,
    0,
  );
  if (nowMs < closesMs) return { phase: 'window', leftSeconds: left(Math.max(closesMs, lastEndMs)) };
  if (nowMs < lastEndMs) return { phase: 'finishing', leftSeconds: left(lastEndMs) };
  return { phase: 'over', leftSeconds: 0 };
}
