import { canonicalJson } from '../study/evidence.ts';

/** A verdict about who was there, as it is hashed: every field of the row of identity_check. */
export interface IdentityCheckFact {
  readonly id: string;
  readonly personId: string;
  readonly purpose: 'study' | 'sign-in' | 'exam';
  readonly sessionId: string | null;
  readonly checkId: string | null;
  readonly loginSessionId: string | null;
  readonly scheme: string;
  readonly ruleSetId: string;
  readonly method: 'face' | 'on-site' | 'review';
  readonly provider: string | null;
  readonly outcome: 'passed' | 'failed' | 'pending';
  /** Canonical JSON, as it is stored. */
  readonly detail: string;
  readonly supervisorAccountId: string | null;
  /** As PostgreSQL writes it with `host()`. */
  readonly address: string;
  readonly askedAtMs: number;
  readonly decidedAtMs: number;
}

/** The exact text of which a row of identity_check carries the SHA-256. */
export function identityCheckText(fact: IdentityCheckFact): string {
  return canonicalJson(fact);
}
