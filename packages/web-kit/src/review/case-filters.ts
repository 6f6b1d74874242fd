import { caseReasons, type CaseReason } from '@antu/contract';

/** Filters in the order shown, as the server names them. */
export const CASE_STATES = ['open', 'appealed', 'decided'] as const;
export type CaseStateFilter = (typeof CASE_STATES)[number];

/** What an address or this device remembers may be old or mistyped: unknown names fall back to the first. */
export const asCaseState = (text: string): CaseStateFilter => CASE_STATES.find((one) => one === text) ?? 'open';

/** Undefined for all reasons and for a name that is none. */
export const asCaseReason = (text: string): CaseReason | undefined => caseReasons.find((one) => one === text);
