import { bucketOf, type PlainDate } from '@antu/domain';
import { insertAffiliation, insertPerson } from '../../apps/server/src/modules/people/index.ts';
import { makeStudyWorld, type StudyWorld } from '../../apps/server/src/modules/learning/testing/study-world.ts';
import { transaction } from '../../apps/server/src/platform/database/pool.ts';
import type { Platform } from '../../apps/server/src/platform/module.ts';
import type { BenchWorld } from './bench-world.ts';
import { idNumberOf } from './export-world.ts';

const REGION = '440104';
const COURSES = 3;
/** Six lessons of half an hour. */
const LESSON_SECONDS = [1800, 1800, 1800, 1800, 1800, 1800];

/** A company of so many people, each of whom owes three courses of three hours: some are overdue, some done, some not begun. */
export async function makePeopleWorld(world: BenchWorld, platform: Platform, people: number): Promise<StudyWorld> {
  const courses: StudyWorld[] = [];
  for (let n = 0; n < COURSES; n += 1) {
    courses.push(await makeStudyWorld(world.owner, { lessonSeconds: LESSON_SECONDS }));
  }
  const [company] = courses;
  if (!company) throw new Error('no course');
  const ids = await transaction(platform.pool, async (tx) => {
    const made: string[] = [];
    for (let n = 0; n < people; n += 1) {
      const now = new Date();
      const person = { name: `考${n.toString(36)}`, idNumber: idNumberOf(n), regionCode: REGION, now };
      const { id } = await insertPerson(tx, platform.keys, person);
      const roster = { personId: id, organisationId: company.organisationId, post: '驾驶员', now };
      await insertAffiliation(tx, { ...roster, kind: 'employed', from: '2020-01-01' as PlainDate });
      made.push(id);
    }
    return made;
  });
  for (const [at, course] of courses.entries()) await assignCourse(world, company, course, ids, at);
  await world.owner.query('vacuum analyze');
  return company;
}

/** Everybody owes the course; of ten people two are done, three are under way, five have not begun. */
async function assignCourse(
  world: BenchWorld,
  company: StudyWorld,
  course: StudyWorld,
  ids: readonly string[],
  at: number,
): Promise<void> {
  const rows = ids.map((id, n) => ({
    id,
    bucket: bucketOf(id),
    days: ((n * 7 + at * 131) % 400) - 20,
    tenth: (n + at) % 10,
  }));
  await world.owner.query(
    `with given as materialized (
       select * from json_to_recordset($1) as r (bucket smallint, id uuid, days int, tenth int)
     ), assigned as (
       insert into training_assignment (bucket, id, person_id, course_id, course_version_id, organisation_id, due_on)
       select bucket, gen_random_uuid(), id, $2::uuid, case when tenth < 5 then $3::uuid end, $4, current_date + days from given
     )
     insert into course_progress (bucket, person_id, course_version_id, credited_seconds, last_credited_at, finished_at)
     select bucket, id, $3, case when tenth < 2 then $5 else tenth * 600 end, now() - tenth * interval '1 day', case when tenth < 2 then now() end
     from given where tenth < 5`,
    [
      JSON.stringify(rows),
      course.courseId,
      course.courseVersionId,
      company.organisationId,
      LESSON_SECONDS.reduce((sum, one) => sum + one, 0),
    ],
  );
}
