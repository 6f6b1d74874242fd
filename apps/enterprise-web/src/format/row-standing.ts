import { DUE_SOON_DAYS } from '@antu/domain';
import { daysUntil } from './day-counts.ts';

/** What a row of the people list knows about somebody's duties. */
export interface RowDuties {
  obligations: number;
  done: number;
  overdue: number;
  nextDueOn: string | null;
}

export interface RowStanding {
  /** The same on every screen: green may work, red may not, grey owes nothing. */
  tone: 'stop' | 'ok' | 'off';
  /** Key below `people.state`. */
  text: 'overdue' | 'today' | 'left' | 'open' | 'done' | 'none';
  /** Days over or left; 0 where the words name none. */
  days: number;
  /** Something unfinished is due within `DUE_SOON_DAYS`. */
  dueSoon: boolean;
}

/** The sentence of a row: the same rule as the server's, nothing overdue = may work. */
export function describeRow(row: RowDuties, nowMs: number = Date.now()): RowStanding {
  const calm = { days: 0, dueSoon: false };
  if (row.obligations === 0) return { tone: 'off', text: 'none', ...calm };
  if (row.done >= row.obligations) return { tone: 'ok', text: 'done', ...calm };
  if (row.nextDueOn === null) return { tone: 'ok', text: 'open', ...calm };
  const left = daysUntil(row.nextDueOn, nowMs);
  if (row.overdue > 0) return { tone: 'stop', text: 'overdue', days: Math.max(1, -left), dueSoon: false };
  return { tone: 'ok', text: left === 0 ? 'today' : 'left', days: left, dueSoon: left <= DUE_SOON_DAYS };
}

/** Share done, 0 to 1; nothing required counts as nothing done. */
export function shareDone(creditedSeconds: number, requiredSeconds: number): number {
  return requiredSeconds <= 0 ? 0 : Math.min(1, Math.max(0, creditedSeconds / requiredSeconds));
}
