/**
 * What was decided about an issued document. `withdrawn` is 撤销 (it should never have been issued), `cancelled` is 注销 (given up or
 * lapsed), `revoked` is 吊销 (a penalty). Expiry is no decision: it follows from the term.
 */
export const documentStatuses = ['replaced', 'revoked', 'withdrawn', 'cancelled', 'suspended', 'restored'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

/**
 * Status codes of electronic certificates: 10 有效, 01 无效(已换发), 02 无效(已过期), 03 注销, 04 撤销, 05 吊销, 09 无效(其他).
 * Source: value codes of electronic licences of road transport (JT/T 1290 family), see the rule book under licences.
 */
export type DocumentStatusCode = '10' | '01' | '02' | '03' | '04' | '05' | '09';

/** What somebody who holds the paper must know. `revoked` stands for 吊销, 撤销 and 注销; the code tells which. */
export type DocumentState = 'valid' | 'replaced' | 'expired' | 'revoked' | 'suspended' | 'not-yet-valid';

export interface DocumentTerm {
  readonly validFrom: Date;
  /** First instant at which it no longer holds; null: without end. A last day of 31 December ends at midnight after it, China time. */
  readonly validUntil: Date | null;
}

export interface DocumentDecision {
  readonly status: DocumentStatus;
  /** From when it counts. */
  readonly at: Date;
}

export interface DocumentStanding {
  readonly state: DocumentState;
  readonly statusCode: DocumentStatusCode;
  /** Since when it is so. */
  readonly since: Date;
}

const ended: { readonly [Status in DocumentStatus]?: readonly [DocumentState, DocumentStatusCode] } = {
  replaced: ['replaced', '01'],
  cancelled: ['revoked', '03'],
  withdrawn: ['revoked', '04'],
  revoked: ['revoked', '05'],
};

/**
 * The state of a document at an instant. What ended it for good comes before its term, the term before a suspension.
 * @param decisions in the order in which they were taken; those that count from later than `at` are passed over
 */
export function stateOf(term: DocumentTerm, decisions: readonly DocumentDecision[], at: Date): DocumentStanding {
  const counting = decisions.filter((decision) => decision.at.getTime() <= at.getTime());
  const final = counting.findLast(({ status }) => ended[status] !== undefined);
  const end = final && ended[final.status];
  if (final && end) return { state: end[0], statusCode: end[1], since: final.at };
  if (term.validUntil && term.validUntil.getTime() <= at.getTime())
    return { state: 'expired', statusCode: '02', since: term.validUntil };
  const last = counting.at(-1);
  if (last?.status === 'suspended') return { state: 'suspended', statusCode: '09', since: last.at };
  if (at.getTime() < term.validFrom.getTime())
    return { state: 'not-yet-valid', statusCode: '09', since: term.validFrom };
  return { state: 'valid', statusCode: '10', since: last && last.at > term.validFrom ? last.at : term.validFrom };
}

const open: readonly DocumentStatus[] = ['replaced', 'revoked', 'withdrawn', 'cancelled', 'suspended'];
/** A document that was replaced can still turn out to have been issued wrongly. */
const next: { readonly [Status in DocumentStatus | 'issued']: readonly DocumentStatus[] } = {
  issued: open,
  restored: open,
  suspended: ['replaced', 'revoked', 'withdrawn', 'cancelled', 'restored'],
  replaced: ['revoked', 'withdrawn'],
  revoked: [],
  withdrawn: [],
  cancelled: [],
};

/** Whether a decision may follow the last one. Null: there is none yet. */
export const mayFollow = (last: DocumentStatus | null, status: DocumentStatus): boolean =>
  next[last ?? 'issued'].includes(status);
