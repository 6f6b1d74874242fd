import type { getLearnerRecord } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { findAffiliations, findPersonName, findPersonScope, requireReach, scopeOf } from '../../people/index.ts';
import { readObligations, readTotals, standingOf } from './obligations.ts';
import { sessionInReach } from './session-scope.ts';
import { judgeSessions, SELECT_SESSION, type SessionRow, summaryOf } from './sessions.ts';

type Answer = z.input<(typeof getLearnerRecord)['answer']>;
type Query = z.output<(typeof getLearnerRecord)['query']>;

/** A person's record: what is owed, what is credited, and the sessions that the actor may see. */
export async function readLearnerRecord(
  ctx: RouteContext<'hours.read'>,
  personId: string,
  query: Query,
): Promise<Answer> {
  const { pool, platform, actor } = ctx;
  const bucket = bucketOf(personId);
  const scope = await findPersonScope(pool, { bucket, id: personId });
  if (!scope) throw new AppError('people.not_found');
  requireReach(actor, 'hours.read', scope);
  const nowMs = ctx.nowMs();
  const [name, affiliations, obligations, totals, sessions] = await Promise.all([
    findPersonName(pool, platform.keys, personId),
    findAffiliations(pool, personId),
    readObligations(pool, personId, nowMs),
    readTotals(pool, personId, nowMs),
    readSessions(ctx, { bucket, personId }, query),
  ]);
  await recordAudit(pool, ctx, {
    action: 'learning.record-read',
    object: { kind: 'person', id: personId },
    detail: { sessions: sessions.items.length },
  });
  const { mayWork, openCount, overdueCount, nextDueOn } = standingOf(obligations, nowMs);
  return {
    person: {
      id: personId,
      nameMasked: name?.nameMasked ?? '—',
      idNumberMasked: name?.idNumberMasked ?? '—',
      organisations: uniqueOrganisations(affiliations),
    },
    standing: { mayWork, openCount, overdueCount, nextDueOn },
    obligations: obligations.map((one) => one.view),
    totals,
    sessions,
  };
}

function uniqueOrganisations(
  affiliations: Awaited<ReturnType<typeof findAffiliations>>,
): Answer['person']['organisations'] {
  const seen = new Map<string, { id: string; name: string; post: string | null }>();
  for (const { organisationId, organisationName, post } of affiliations) {
    if (!seen.has(organisationId)) seen.set(organisationId, { id: organisationId, name: organisationName, post });
  }
  return [...seen.values()];
}

async function readSessions(
  ctx: RouteContext<'hours.read'>,
  person: { bucket: number; personId: string },
  { cursor, limit }: Query,
): Promise<Answer['sessions']> {
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw new AppError('learning.bad_cursor');
  }
  const reached = sessionInReach(scopeOf(ctx.actor, 'hours.read'), 3);
  const where = `where s.bucket = $1 and s.person_id = $2 and ${reached.sql}`;
  const values = [person.bucket, person.personId, ...reached.values];
  const after = cursor === undefined ? '' : `and s.id < $${values.length + 1}::uuid`;
  const page = await ctx.pool.query<SessionRow>(
    `${SELECT_SESSION} ${where} ${after} order by s.id desc limit ${limit + 1}`,
    cursor === undefined ? values : [...values, cursor],
  );
  const counted = await ctx.pool.query<{ total: number }>(
    `select count(*) as total from study_session s ${where}`,
    values,
  );
  const shown = page.rows.slice(0, limit);
  return {
    items: (await judgeSessions(ctx.pool, shown)).map(summaryOf),
    total: counted.rows[0]?.total ?? 0,
    nextCursor: page.rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
