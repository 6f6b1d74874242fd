import type { LaterSums } from '../../review/session-sums.ts';
import type { ProofSums } from './proof-sums.ts';

/**
 * Sums of a session after later decisions. What was taken back is a reason of its own; what was credited of the hours that waited
 * for people or for a quiz, or given back of those they refused, leaves that reason. The sums still add up to the second.
 */
export function afterDecisions(
  { totalSeconds, creditedSeconds, byReason }: ProofSums,
  later: Pick<LaterSums, 'movedSeconds' | 'voidedSeconds'> & Partial<Pick<LaterSums, 'quizMovedSeconds'>>,
): Omit<ProofSums, 'stretches'> {
  const { movedSeconds, voidedSeconds, quizMovedSeconds = 0 } = later;
  const left: Readonly<Record<string, number>> = {
    'identity-awaiting': movedSeconds + voidedSeconds - quizMovedSeconds,
    'quiz-awaiting': quizMovedSeconds,
  };
  const reasons = byReason.map((one) => ({ ...one, seconds: one.seconds - (left[one.reason] ?? 0) }));
  const voided = { reason: 'voided', seconds: voidedSeconds, clause: null };
  return {
    totalSeconds,
    creditedSeconds: creditedSeconds + movedSeconds,
    notCreditedSeconds: totalSeconds - creditedSeconds - movedSeconds,
    byReason: [...reasons, voided].filter((one) => one.seconds > 0).sort((a, b) => b.seconds - a.seconds),
  };
}
