import type { assignCourse } from '@antu/contract';
import { bucketOf, chinaDateOf } from '@antu/domain';
import type { z } from 'zod';
import { transaction } from '../../../platform/database/pool.ts';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { uuidv7 } from '../../../platform/ids.ts';
import { recordAudit } from '../../audit/index.ts';
import { findOrganisationScope, requireReach } from '../../people/index.ts';

type Body = z.output<(typeof assignCourse)['body']>;

/** Makes people of an organisation owe a course by a day. All or nobody; who owes it already is left alone and counted. */
export async function assignCourseTo(
  ctx: RouteContext<'learning.assign'>,
  organisationId: string,
  { courseId, personIds, dueOn }: Body,
): Promise<z.input<(typeof assignCourse)['answer']>> {
  const scope = await findOrganisationScope(ctx.pool, organisationId);
  if (!scope) throw new AppError('people.organisation_not_found');
  requireReach(ctx.actor, 'learning.assign', scope);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dueOn) || Number.isNaN(Date.parse(dueOn)) || dueOn < chinaDateOf(ctx.nowMs())) {
    throw new AppError('learning.due_day_past', { dueOn });
  }
  // Sorted, so that two assignments at once lock people in the same order.
  const people = [...new Set(personIds)].sort((a, b) => bucketOf(a) - bucketOf(b) || (a < b ? -1 : 1));
  return transaction(ctx.pool, async (tx) => {
    const published = await tx.query<{ id: string }>(
      `select id from course_version where course_id = $1 and state = 'published'`,
      [courseId],
    );
    const version = published.rows[0];
    if (!version) throw new AppError('learning.course_not_published', { courseId });
    const buckets = people.map(bucketOf);
    const onRoster = await tx.query<{ count: number }>(
      `select count(distinct (a.bucket, a.person_id)) as count from person_affiliation a
       join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, person_id) using (bucket, person_id)
       where a.organisation_id = $3 and a.to_date is null`,
      [buckets, people, organisationId],
    );
    const missing = people.length - (onRoster.rows[0]?.count ?? 0);
    if (missing > 0) throw new AppError('learning.people_not_on_roster', { count: missing });
    const inserted = await tx.query(
      `insert into training_assignment (bucket, id, person_id, course_id, organisation_id, due_on, assigned_at, assigned_by)
       select * from unnest($1::smallint[], $2::uuid[], $3::uuid[]) as one (bucket, id, person_id),
         (values ($4::uuid, $5::uuid, $6::date, $7::timestamptz, $8::uuid)) as common
       on conflict (bucket, person_id, course_id) do nothing`,
      [
        buckets,
        people.map(() => uuidv7(ctx.nowMs())),
        people,
        courseId,
        organisationId,
        dueOn,
        ctx.now(),
        ctx.actor.accountId,
      ],
    );
    // Lessons of an earlier version that this one still contains may be credited already.
    await tx.query('select sum_course_progress($1::smallint[], $2::uuid[], $3::uuid[])', [
      buckets,
      people,
      people.map(() => version.id),
    ]);
    const assigned = inserted.rowCount ?? 0;
    await recordAudit(tx, ctx, {
      action: 'learning.assign',
      object: { kind: 'course', id: courseId },
      detail: { organisationId, dueOn, assigned, alreadyAssigned: people.length - assigned, personIds: people },
    });
    return { assigned, alreadyAssigned: people.length - assigned };
  });
}
