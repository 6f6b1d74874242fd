import { canonicalJson } from '../study/evidence.ts';

/**
 * What was decided about hours after the session was over. `accept` and `refuse` move nothing; `void` takes back what counted,
 * `award` credits what waited for a pending verdict, `refuse` does not, `restore` gives back what was voided or refused.
 */
export const hourDecisionKinds = ['accept', 'void', 'restore', 'award', 'refuse'] as const;
export type HourDecisionKind = (typeof hourDecisionKinds)[number];

/** What a decision answers: a case of the review desk, an appeal, a check of identity that had been left to people, or a round of
 * the quiz of the lesson. */
export const hourDecisionCauses = ['case', 'appeal', 'identity-check', 'quiz'] as const;
export type HourDecisionCause = (typeof hourDecisionCauses)[number];

/** A later decision over the same facts, as it is hashed: every field of its row. */
export interface HourDecisionFact {
  /** UUIDv7 of the moment of the decision, in the bucket of the person. */
  readonly id: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly kind: HourDecisionKind;
  readonly causeKind: HourDecisionCause;
  readonly causeId: string;
  readonly lessonVersionId: string;
  /** Stretches of the media that the decision is about, whole seconds, half-open, sorted and disjoint. */
  readonly mediaSeconds: readonly (readonly [number, number])[];
  /** Length of these stretches. */
  readonly seconds: number;
  /** In words, told to the learner. */
  readonly reason: string;
  /** Account of whoever decided; `system` where people decided elsewhere and the server only carries it out. */
  readonly decidedBy: string;
  readonly decidedAtMs: number;
  /** The rule set under which the session was credited. */
  readonly ruleSetId: string;
}

/** The exact text of which a decision carries the SHA-256. */
export function hourDecisionText(fact: HourDecisionFact): string {
  return canonicalJson(fact);
}

/** What a decision of a kind does to credited seconds: 1 adds them, -1 takes them back, 0 leaves them. */
export function ledgerSignOf(kind: HourDecisionKind): -1 | 0 | 1 {
  if (kind === 'void') return -1;
  return kind === 'restore' || kind === 'award' ? 1 : 0;
}
