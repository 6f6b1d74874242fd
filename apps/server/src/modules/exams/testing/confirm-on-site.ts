import { bucketOf, chinaDateOf, findCheckRules, findStudyRuleSet, placeInBucket } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { insertCheck } from '../../identity/index.ts';
import type { SignedInCandidate } from './exam-office.ts';

/** Writes for each sitting the verdict that somebody on site has looked at the person, as the identity module writes it. */
export async function confirmOnSite(tx: Tx, people: readonly SignedInCandidate[], nowMs: number): Promise<void> {
  const day = chinaDateOf(nowMs);
  const { id: ruleSetId } = findStudyRuleSet('road-transport', '440104', day);
  const detail = { checkRuleSetId: findCheckRules(day).id, problems: [], signs: [] };
  for (const { personId, sittingId, loginSessionId } of people) {
    const fact = {
      id: placeInBucket(uuidv7(nowMs), bucketOf(personId)),
      personId,
      purpose: 'exam',
      sessionId: sittingId,
      checkId: sittingId,
      loginSessionId,
      scheme: 'road-transport',
      ruleSetId,
      method: 'on-site',
      provider: null,
      outcome: 'passed',
      supervisorAccountId: null,
      address: '127.0.0.1',
      askedAtMs: nowMs,
      decidedAtMs: nowMs,
    } as const;
    await insertCheck(tx, fact, detail);
  }
}
