import { daysUntil } from './day-counts.ts';

/** What a row of the people list knows about somebody's duties. */
export interface RowDuties {
  obligations: number;
  done: number;
  overdue: number;
  nextDueOn: string | null;
}

export interface RowStanding {
  tone: 'stop' | 'wait' | 'ok' | 'off';
  /** Key below `people.state`. */
  text: 'overdue' | 'today' | 'left' | 'open' | 'done' | 'none';
  /** Days over or left; 0 where the words name none. */
  days: number;
}

/** The sentence of a row: the same rule as the server's, nothing overdue = may work. */
export function describeRow(row: RowDuties, nowMs: number = Date.now()): RowStanding {
  if (row.obligations === 0) return { tone: 'off', text: 'none', days: 0 };
  if (row.done >= row.obligations) return { tone: 'ok', text: 'done', days: 0 };
  if (row.nextDueOn === null) return { tone: 'wait', text: 'open', days: 0 };
  const left = daysUntil(row.nextDueOn, nowMs);
  if (row.overdue > 0) return { tone: 'stop', text: 'overdue', days: Math.max(1, -left) };
  return left === 0 ? { tone: 'wait', text: 'today', days: 0 } : { tone: 'wait', text: 'left', days: left };
}

/** Share done, 0 to 1; nothing required counts as nothing done. */
export function shareDone(creditedSeconds: number, requiredSeconds: number): number {
  return requiredSeconds <= 0 ? 0 : Math.min(1, Math.max(0, creditedSeconds / requiredSeconds));
}
