import type { getOwnPurposes, PurposeView } from '@antu/contract';
import {
  chinaDateAt,
  conflictingClaims,
  findPurposeRuleSets,
  type PurposeRuleSet,
  type PurposeStanding,
  recognise,
  studyHoursOf,
} from '@antu/domain';
import type { z } from 'zod';
import type { Queryable } from '../../platform/database/pool.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import { findPersonName, getReachablePerson, requireOwnPerson } from '../people/index.ts';
import { type ClaimRow, readClaims, readCountableEntries } from './recognition-rows.ts';

type Answer = z.input<(typeof getOwnPurposes)['answer']>;

export async function readOwnPurposes(ctx: RouteContext<'recognition.own'>): Promise<Answer> {
  const personId = requireOwnPerson(ctx.actor);
  const person = await findPersonName(ctx.pool, ctx.platform.keys, personId);
  return purposesOf(ctx.pool, personId, person?.regionCode ?? '', chinaDateAt(ctx.nowMs()));
}

/** How somebody within reach stands; looking leaves a row. */
export async function readPersonPurposes(ctx: RouteContext<'recognition.read'>, personId: string): Promise<Answer> {
  const person = await getReachablePerson(ctx.pool, ctx.actor, 'recognition.read', personId);
  const answer = await purposesOf(ctx.pool, personId, person.region_code, chinaDateAt(ctx.nowMs()));
  await recordAudit(ctx.pool, ctx, { action: 'recognition.read', object: { kind: 'person', id: personId } });
  return answer;
}

/** Every purpose of a scheme in which the person has hours; none of the others, which may not be theirs at all. */
async function purposesOf(db: Queryable, personId: string, regionCode: string, today: string): Promise<Answer> {
  const [entries, claims] = await Promise.all([readCountableEntries(db, personId), readClaims(db, personId)]);
  const schemes = new Set(entries.map(({ scheme }) => scheme));
  return {
    today,
    items: findPurposeRuleSets(regionCode, today)
      .filter(({ scheme }) => schemes.has(scheme))
      .map((ruleSet) => present(ruleSet, recognise(ruleSet, entries, today), claims)),
  };
}

function present(ruleSet: PurposeRuleSet, standing: PurposeStanding, claims: readonly ClaimRow[]): PurposeView {
  const hourSeconds = ruleSet.limits.studyHourSeconds.value;
  const hours = (seconds: number) => studyHoursOf(seconds, hourSeconds);
  const { source, certainty } = ruleSet.limits.requiredHours;
  return {
    purpose: standing.purpose,
    titleZh: ruleSet.titleZh,
    titleEn: ruleSet.titleEn,
    ruleSetId: standing.ruleSetId,
    source,
    certainty,
    cycleFrom: standing.cycle.from,
    cycleUntil: standing.cycle.until,
    requiredHours: hours(standing.requiredSeconds),
    countedHours: hours(standing.countedSeconds),
    share: standing.share && {
      requiredHours: hours(standing.share.requiredSeconds),
      countedHours: hours(standing.share.countedSeconds),
    },
    met: standing.met,
    unmet: [...standing.unmet],
    claims: conflictingClaims(claims, standing.entryIds).map((claim) => ({
      purpose: claim.purpose,
      organisationName: claim.organisationName,
      claimedOn: chinaDateAt(claim.claimedAt.getTime()),
    })),
  };
}
