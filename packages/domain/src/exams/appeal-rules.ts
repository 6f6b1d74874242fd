import { chinaDateOf } from '../study/ledger.ts';
import type { ExamLimits } from './exam-limits.ts';

const DAY_MS = 86_400_000;

/**
 * When the time for an appeal is over, epoch ms: with the end of the last of the China days after the decision. A later version of
 * the result does not begin it anew.
 */
export const appealUntilMsOf = ({ appealDays }: Pick<ExamLimits, 'appealDays'>, decidedAtMs: number): number =>
  Date.parse(`${chinaDateOf(decidedAtMs)}T00:00:00+08:00`) + (appealDays + 1) * DAY_MS;
