import {
  bucketOf,
  chinaDateAt,
  conflictingClaims,
  findPurposeRuleSets,
  placeInBucket,
  recognise,
  type TrainingPurpose,
} from '@antu/domain';
import { transaction } from '../../platform/database/pool.ts';
import { AppError, assertThat } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import { findAffiliations, getReachablePerson, scopeOf } from '../people/index.ts';
import { readClaims, readCountableEntries } from './recognition-rows.ts';

/**
 * Claims the subsidy for everything that counts for a purpose today, for the present employer.
 * Errors: `recognition.no_rules`, `recognition.not_employed`, `recognition.unmet`, `recognition.already_claimed`,
 * `recognition.claimed_meanwhile`.
 */
export async function claimSubsidy(
  ctx: RouteContext<'recognition.claim'>,
  personId: string,
  purpose: TrainingPurpose,
): Promise<{ claimId: string }> {
  const person = await getReachablePerson(ctx.pool, ctx.actor, 'recognition.claim', personId);
  const now = ctx.now();
  const today = chinaDateAt(now.getTime());
  const ruleSet = findPurposeRuleSets(person.region_code, today).find((one) => one.purpose === purpose);
  if (!ruleSet) throw new AppError('recognition.no_rules');
  const own = scopeOf(ctx.actor, 'recognition.claim').organisationIds;
  const employer = (await findAffiliations(ctx.pool, personId)).find(
    ({ kind, organisationId }) => kind === 'employed' && own.includes(organisationId),
  );
  if (!employer) throw new AppError('recognition.not_employed');
  return transaction(ctx.pool, async (tx) => {
    const standing = recognise(ruleSet, await readCountableEntries(tx, personId), today);
    const [taken] = conflictingClaims(await readClaims(tx, personId), standing.entryIds);
    if (taken)
      throw new AppError('recognition.already_claimed', {
        organisation: taken.organisationName,
        day: chinaDateAt(taken.claimedAt.getTime()),
      });
    assertThat(standing.met, 'recognition.unmet', {
      summary: standing.unmet.map(({ zh }) => zh).join('；'),
      summaryEn: standing.unmet.map(({ en }) => en).join('; '),
    });
    const bucket = bucketOf(personId);
    const claimId = placeInBucket(uuidv7(now.getTime()), bucket);
    await tx.query(
      `insert into subsidy_claim (bucket, id, person_id, purpose, rule_set_id, organisation_id, cycle_from, cycle_until,
         counted_seconds, claimed_by, claimed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        bucket,
        claimId,
        personId,
        purpose,
        ruleSet.id,
        employer.organisationId,
        standing.cycle.from,
        standing.cycle.until,
        standing.countedSeconds,
        ctx.actor.accountId,
        now,
      ],
    );
    await tx.query('insert into subsidy_claim_entry (bucket, entry_id, claim_id) select $1, unnest($2::uuid[]), $3', [
      bucket,
      standing.entryIds,
      claimId,
    ]);
    await recordAudit(tx, ctx, {
      action: 'recognition.claim',
      object: { kind: 'person', id: personId },
      detail: { claimId, purpose, entries: standing.entryIds.length },
    });
    return { claimId };
  });
}
