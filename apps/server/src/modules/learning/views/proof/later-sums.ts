import type { LaterSums } from '../../review/session-sums.ts';
import type { ProofSums } from './proof-sums.ts';

/**
 * Sums of a session after later decisions. What was taken back is a reason of its own; what was credited of the hours that waited
 * for people, or given back of those they refused, leaves that reason. The sums still add up to the second.
 */
export function afterDecisions(
  { totalSeconds, creditedSeconds, byReason }: ProofSums,
  { movedSeconds, voidedSeconds }: Pick<LaterSums, 'movedSeconds' | 'voidedSeconds'>,
): Omit<ProofSums, 'stretches'> {
  const confirmedSeconds = movedSeconds + voidedSeconds;
  const reasons = byReason.map((one) =>
    one.reason === 'identity-awaiting' ? { ...one, seconds: one.seconds - confirmedSeconds } : one,
  );
  const voided = { reason: 'voided', seconds: voidedSeconds, clause: null };
  return {
    totalSeconds,
    creditedSeconds: creditedSeconds + movedSeconds,
    notCreditedSeconds: totalSeconds - creditedSeconds - movedSeconds,
    byReason: [...reasons, voided].filter((one) => one.seconds > 0).sort((a, b) => b.seconds - a.seconds),
  };
}
