import type { LicencePhase } from './licence-term.ts';

/** What was decided about a licence and stands until the next decision. Expiry is no decision: it follows from the day. */
export const licenceStandings = ['granted', 'suspended', 'cancelled', 'withdrawn', 'revoked'] as const;
export type LicenceStanding = (typeof licenceStandings)[number];

/**
 * Status codes of electronic licences: 10 有效, 01 无效(已换发), 02 无效(已过期), 03 注销, 04 撤销, 05 吊销, 09 无效(其他).
 * 01 belongs to a document that another one replaced, never to the licence itself.
 */
export type LicenceStatusCode = '10' | '01' | '02' | '03' | '04' | '05' | '09';

const ended: { readonly [Standing in LicenceStanding]: LicenceStatusCode | null } = {
  granted: null,
  suspended: '09',
  cancelled: '03',
  withdrawn: '04',
  revoked: '05',
};

/** The code of a licence on a day, from what was decided and where it is in its term. */
export function licenceStatusCode(standing: LicenceStanding, phase: LicencePhase): LicenceStatusCode {
  const decided = ended[standing];
  if (decided !== null) return decided;
  if (phase === 'lapsed') return '03';
  if (phase === 'expired') return '02';
  return phase === 'not-yet' ? '09' : '10';
}

/** What an authority or the passing of time does to a licence. */
export const licenceActions = [
  'issue',
  'carry-over',
  'replace',
  'renew',
  'change',
  'suspend',
  'restore',
  'cancel',
  'withdraw',
  'revoke',
] as const;
export type LicenceAction = (typeof licenceActions)[number];

const open = ['granted', 'suspended'] as const;
const transitions: {
  readonly [Action in LicenceAction]: { readonly from: readonly LicenceStanding[]; readonly to: LicenceStanding };
} = {
  issue: { from: [], to: 'granted' },
  'carry-over': { from: [], to: 'granted' },
  replace: { from: ['granted'], to: 'granted' },
  renew: { from: ['granted'], to: 'granted' },
  change: { from: ['granted'], to: 'granted' },
  suspend: { from: ['granted'], to: 'suspended' },
  restore: { from: ['suspended'], to: 'granted' },
  cancel: { from: open, to: 'cancelled' },
  withdraw: { from: open, to: 'withdrawn' },
  revoke: { from: open, to: 'revoked' },
};

/** The standing after an action; undefined where it may not be done. Null: there is no licence yet. */
export function nextStanding(standing: LicenceStanding | null, action: LicenceAction): LicenceStanding | undefined {
  const { from, to } = transitions[action];
  const isAllowed = standing === null ? from.length === 0 : from.includes(standing);
  return isAllowed ? to : undefined;
}

/** Reasons of issue, JT/T 415-2006 / JT/T 697.7 5.5.3 发证原因. */
export const issueReasons = {
  1: { zh: '初领', en: 'first issue' },
  2: { zh: '丢失', en: 'lost' },
  3: { zh: '污损', en: 'damaged' },
  4: { zh: '经营状态变更', en: 'change of business' },
  5: { zh: '信息变更', en: 'change of particulars' },
  6: { zh: '到期', en: 'term over' },
  7: { zh: '改版', en: 'new form' },
  9: { zh: '其他', en: 'other' },
} as const;
export type IssueReason = keyof typeof issueReasons;

const reasonsByAction: { readonly [Action in LicenceAction]?: readonly IssueReason[] } = {
  issue: [1],
  'carry-over': [7],
  replace: [2, 3, 7, 9],
  renew: [6],
  change: [4, 5],
};

/** Reasons that fit an action; empty where nothing is issued. */
export const reasonsFor = (action: LicenceAction): readonly IssueReason[] => reasonsByAction[action] ?? [];
