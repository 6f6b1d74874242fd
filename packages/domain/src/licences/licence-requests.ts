import type { LicenceLimits } from './licence-rules.ts';
import {
  type IssueReason,
  type LicenceAction,
  type LicenceStanding,
  nextStanding,
  reasonsFor,
} from './licence-status.ts';
import { addDays, licencePhaseOf, type LicenceTerm } from './licence-term.ts';

/** What can be asked for. The rest of the actions happens without a request. */
export const licenceRequestKinds = [
  'issue',
  'replace',
  'renew',
  'change',
  'suspend',
  'restore',
  'cancel',
  'withdraw',
  'revoke',
] as const satisfies readonly LicenceAction[];
export type LicenceRequestKind = (typeof licenceRequestKinds)[number];

/** What holders ask for themselves; the rest is asked for by officers. */
export const holderRequestKinds = [
  'replace',
  'renew',
  'change',
  'cancel',
] as const satisfies readonly LicenceRequestKind[];

/**
 * Who asked does not decide: every request has a second pair of eyes. What an officer may do alone is only what the holder asked for.
 */
export const mayDecide = (askedByAccountId: string, deciderAccountId: string): boolean =>
  askedByAccountId !== deciderAccountId;

export interface LicenceRequestFacts {
  readonly kind: LicenceRequestKind;
  readonly reason: IssueReason | null;
  /** The licence of the category, if there is one. */
  readonly licence: (LicenceTerm & { readonly standing: LicenceStanding }) | null;
  readonly hasOpenRequest: boolean;
  /** China day. */
  readonly today: string;
}

export type UnmetLicenceCode =
  | 'has-licence'
  | 'no-licence'
  | 'ended'
  | 'reason'
  | 'open-request'
  | 'too-early'
  | 'expired'
  | 'lapsed';
export interface UnmetLicenceCondition {
  readonly code: UnmetLicenceCode;
  readonly zh: string;
  readonly en: string;
}

const say = (code: UnmetLicenceCode, zh: string, en: string): UnmetLicenceCondition => ({ code, zh, en });

/** Everything that stands against a request today; empty: it may be made, and granted. */
export function unmetOfRequest(facts: LicenceRequestFacts, limits: LicenceLimits): UnmetLicenceCondition[] {
  const { kind, reason, licence, today } = facts;
  const unmet: UnmetLicenceCondition[] = [];
  const reasons = reasonsFor(kind);
  if (reasons.length > 0 ? reason === null || !reasons.includes(reason) : reason !== null)
    unmet.push(say('reason', '发证原因与所办事项不符，请重新选择。', 'The reason does not fit what is asked for.'));
  if (facts.hasOpenRequest)
    unmet.push(say('open-request', '这个类别已有一件申请在办，办结后再申请。', 'A request for this category is open.'));
  if (kind === 'issue') return [...unmet, ...unmetOfIssue(licence)];
  if (licence === null)
    return [...unmet, say('no-licence', '没有这个类别的从业资格证。', 'There is no licence of this category.')];
  if (nextStanding(licence.standing, kind) === undefined)
    unmet.push(say('ended', '证件目前的状态不能办理此事项。', 'The licence is not in a state for this.'));
  return [...unmet, ...unmetOfTerm(kind, licence, today, limits)];
}

/** Whoever lost a licence may be given a new one; a licence that still stands is renewed instead. */
function unmetOfIssue(licence: LicenceRequestFacts['licence']): UnmetLicenceCondition[] {
  if (licence === null || nextStanding(licence.standing, 'cancel') === undefined) return [];
  return [say('has-licence', '这个类别已有从业资格证，请办理换证。', 'There is a licence of this category: renew it.')];
}

function unmetOfTerm(
  kind: LicenceRequestKind,
  licence: LicenceTerm,
  today: string,
  limits: LicenceLimits,
): UnmetLicenceCondition[] {
  const phase = licencePhaseOf(licence, today, limits);
  if (phase === 'lapsed' && kind !== 'cancel')
    return [
      say(
        'lapsed',
        `已逾期 ${limits.cancelAfterDays} 天以上，证件应予注销，须重新申领。`,
        `Overdue for more than ${limits.cancelAfterDays} days: the licence has to be applied for anew.`,
      ),
    ];
  if (kind === 'renew' && (phase === 'in-term' || phase === 'not-yet')) {
    const from = addDays(licence.validUntil, -limits.renewWithinDays);
    return [say('too-early', `${from} 起可以申请换证。`, `A renewal can be asked for from ${from} on.`)];
  }
  if (phase === 'expired' && (kind === 'replace' || kind === 'change'))
    return [say('expired', '证件已过期，请办理换证。', 'The licence has expired: renew it.')];
  return [];
}
