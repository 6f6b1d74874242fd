import type { listWaitingEnrolments } from '@antu/contract';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { recordAudit } from '../../audit/index.ts';
import { findOrganisationScope, findPersonNames, requireReach } from '../../people/index.ts';
import { readCursor } from '../reviews/list-reviews.ts';

type Query = z.output<(typeof listWaitingEnrolments)['query']>;
type Answer = z.input<(typeof listWaitingEnrolments)['answer']>;

/** People of an organisation whose own photo waits for somebody to compare it with the ID card, the longest first. */
export async function listWaiting(
  ctx: RouteContext<'identity.confirm'>,
  organisationId: string,
  { cursor, limit }: Query,
): Promise<Answer> {
  const { pool, platform, actor } = ctx;
  const scope = await findOrganisationScope(pool, organisationId);
  if (!scope) throw new AppError('people.organisation_not_found');
  requireReach(actor, 'identity.confirm', scope);
  const where = `from face_enrolment e where e.state = 'waiting' and exists (select from person_affiliation a
    where a.bucket = e.bucket and a.person_id = e.person_id and a.organisation_id = $1 and a.to_date is null)`;
  const page = await pool.query<{ id: string; person_id: string; enrolled_at: Date }>(
    `select e.id, e.person_id, e.enrolled_at ${where} and ($2::uuid is null or e.id > $2) order by e.id limit ${limit + 1}`,
    [organisationId, readCursor(cursor) ?? null],
  );
  const counted = await pool.query<{ total: number }>(`select count(*) as total ${where}`, [organisationId]);
  const shown = page.rows.slice(0, limit);
  const names = await findPersonNames(
    pool,
    platform.keys,
    shown.map((row) => row.person_id),
  );
  await recordAudit(pool, ctx, {
    action: 'identity.waiting-list',
    object: { kind: 'organisation', id: organisationId },
    detail: { shown: shown.length },
  });
  return {
    items: shown.map((row) => ({
      personId: row.person_id,
      nameMasked: names.get(row.person_id)?.nameMasked ?? '—',
      idNumberMasked: names.get(row.person_id)?.idNumberMasked ?? '—',
      takenAt: row.enrolled_at.toISOString(),
    })),
    total: counted.rows[0]?.total ?? 0,
    nextCursor: page.rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
