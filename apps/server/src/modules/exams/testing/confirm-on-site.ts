import { bucketOf, chinaDateOf, findCheckRules, findStudyRuleSet, placeInBucket } from '@antu/domain';
import type { Tx } from '../../../platform/database/pool.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { insertCheck } from '../../identity/index.ts';
import type { SignedInCandidate } from './exam-office.ts';

/** Writes for each sitting the verdict that an invigilator of its exam has looked at the person, as the identity module writes it. */
export async function confirmOnSite(tx: Tx, people: readonly SignedInCandidate[], nowMs: number): Promise<void> {
  const day = chinaDateOf(nowMs);
  const { id: ruleSetId } = findStudyRuleSet('road-transport', '440104', day);
  const organiserOf = await readOrganisers(tx, people);
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
    await insertCheck(tx, fact, {
      checkRuleSetId: findCheckRules(day).id,
      problems: [],
      signs: [],
      organisationId: organiserOf.get(sittingId) ?? '',
    });
  }
}

/** Who holds the exam of each sitting. */
async function readOrganisers(tx: Tx, people: readonly SignedInCandidate[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; organisation_id: string }>(
    'select s.id, e.organisation_id from exam_sitting s join exam e on e.id = s.exam_id where s.id = any($1::uuid[])',
    [people.map(({ sittingId }) => sittingId)],
  );
  return new Map(rows.map(({ id, organisation_id }) => [id, organisation_id]));
}
