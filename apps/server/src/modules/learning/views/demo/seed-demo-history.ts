import { bucketOf, type SchemeCode } from '@antu/domain';
import { transaction, type Queryable } from '../../../../platform/database/pool.ts';
import type { Platform } from '../../../../platform/module.ts';
import { recordAudit, systemAuditContext } from '../../../audit/index.ts';
import { DEMO_LEARNERS, DEMO_ORGANISATIONS, idNumberIndex, personBucketOf } from '../../../people/index.ts';
import { lookAt } from '../../review/find-suspicious.ts';
import { startOfChinaDay } from '../live/live-details.ts';
import { type DemoCourse, dutiesOf } from './demo-plan.ts';
import { uuidOf } from './demo-ids.ts';
import { studyHistory } from './study-history.ts';
import { insertHistory } from './insert-history.ts';

const DAY_MS = 86_400_000;
/** Assignments are made this long before they fall due. */
const ASSIGNED_DAYS_BEFORE = 75;
/** Nothing of the history lies farther back. */
const HISTORY_DAYS = 90;

/**
 * Writes what the demo's learners owe and what they studied in the last two months, by the rules that every session goes
 * through: `verify` finds nothing to complain about. Who has an assignment already is left alone.
 */
export async function seedDemoHistory(platform: Platform): Promise<void> {
  const nowMs = platform.clock.nowMs();
  const courses = await readCourses(platform.pool);
  let learners = 0;
  for (const [seat, learner] of DEMO_LEARNERS.entries()) {
    const { normalised } = learner.idNumber;
    const person = await platform.pool.query<{ id: string }>(
      `select id from person p where bucket = $1 and id_number_index = $2 and not exists (
         select 1 from training_assignment a where a.bucket = p.bucket and a.person_id = p.id)`,
      [personBucketOf(platform.keys, normalised), idNumberIndex(platform.keys, normalised)],
    );
    const personId = person.rows[0]?.id;
    if (personId === undefined) continue;
    const employer = DEMO_ORGANISATIONS[learner.employer];
    const scheme: SchemeCode = learner.employer === 'hecheng' ? 'work-safety' : 'road-transport';
    const sorted = [...courses].sort((a, b) => Number(b.scheme === scheme) - Number(a.scheme === scheme));
    const duties = dutiesOf(learner.login, seat, sorted);
    const place = { personId, organisationId: employer.id, regionCode: employer.regionCode };
    const sessions = studyHistory({ ...place, seat, duties, nowMs });
    await transaction(platform.pool, async (tx) => {
      for (const { course, dueInDays, part } of duties) {
        const dueMs = startOfChinaDay(nowMs) + dueInDays * DAY_MS;
        const assignedAt = new Date(Math.min(dueMs - ASSIGNED_DAYS_BEFORE * DAY_MS, nowMs - DAY_MS));
        await tx.query(
          `insert into training_assignment (bucket, id, person_id, course_id, course_version_id, organisation_id, due_on, assigned_at)
           values ($1, $2, $3, $4, $5, $6, ($7::timestamptz at time zone 'Asia/Shanghai')::date, $8) on conflict do nothing`,
          [
            bucketOf(personId),
            uuidOf(assignedAt.getTime(), `assignment/${personId}/${course.courseId}`),
            personId,
            course.courseId,
            part > 0 ? course.versionId : null,
            employer.id,
            new Date(dueMs),
            assignedAt,
          ],
        );
      }
      await insertHistory(tx, sessions);
    });
    learners += 1;
  }
  if (learners === 0) return;
  await lookAt(platform.pool, nowMs - HISTORY_DAYS * DAY_MS, nowMs, nowMs);
  const context = systemAuditContext(() => platform.clock.now(), 'seed');
  await recordAudit(platform.pool, context, {
    action: 'learning.seed-demo',
    object: { kind: 'demo', id: null },
    detail: { learners },
  });
}

/** Published courses with the lessons that have a length, the same order every time. */
async function readCourses(db: Queryable): Promise<DemoCourse[]> {
  const { rows } = await db.query<DemoCourse>(
    `select c.id as "courseId", v.id as "versionId", c.scheme,
       json_agg(json_build_object('lessonVersionId', l.id, 'topicId', l.topic_id, 'durationMs', l.duration_ms, 'kind', l.kind)
         order by h.position) as lessons
     from course c join course_version v on v.course_id = c.id and v.state = 'published'
       join course_version_lesson h on h.course_version_id = v.id
       join lesson_version l on l.id = h.lesson_version_id and l.duration_ms is not null
     group by c.id, v.id, c.scheme, c.title_zh order by c.title_zh desc`,
  );
  return rows;
}
