import { randomBytes, randomUUID } from 'node:crypto';
import { bucketOf, type SchemeCode } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

/** People and a published course to study, written without the modules that own those tables. */
export type StudyWorld = {
  organisationId: string;
  courseId: string;
  courseVersionId: string;
  /** Lessons of the lengths asked for: documents, or all with the one video. */
  lessons: { lessonVersionId: string; durationSeconds: number }[];
};

export type WorldOptions = {
  scheme?: SchemeCode;
  lessonSeconds?: readonly number[];
  /** Makes the video of all lessons and answers its id; without it they are documents. */
  makeVideo?: (organisationId: string) => Promise<string>;
};

/** Writes a course with lessons. `owner`: connection as the owner of the tables. */
export async function makeStudyWorld(owner: Queryable, options: WorldOptions = {}): Promise<StudyWorld> {
  const { scheme = 'road-transport', lessonSeconds = [60, 1500] } = options;
  const organisationId = randomUUID();
  const courseId = randomUUID();
  const courseVersionId = randomUUID();
  const syllabusId = randomUUID();
  const region = await owner.query<{ code: string }>(
    "select code from region where level = 'county' order by code limit 1",
  );
  await owner.query(
    `insert into organisation (id, name, type, uscc, region_code, created_at) values ($1, $2, 'enterprise', $3, $4, now())`,
    [organisationId, `企业 ${organisationId.slice(0, 8)}`, usccLike(), region.rows[0]?.code],
  );
  await owner.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, $2, $3, 'Syllabus', 'test', '2020-01-01')`,
    [syllabusId, scheme, `大纲 ${syllabusId.slice(0, 8)}`],
  );
  await owner.query(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $1, now(), now())`,
    [courseId, organisationId, syllabusId, scheme, `课程 ${courseId.slice(0, 8)}`],
  );
  await owner.query(
    `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at)
     values ($1, $2, 1, 'draft', '首版', $1, now())`,
    [courseVersionId, courseId],
  );
  const mediaId = (await options.makeVideo?.(organisationId)) ?? null;
  const lessons: StudyWorld['lessons'] = [];
  for (const [index, durationSeconds] of lessonSeconds.entries()) {
    const lessonVersionId = randomUUID();
    await owner.query(
      `insert into lesson_version (id, lesson_id, course_id, course_version_id, kind, title_zh, document_text, duration_ms,
         media_id, created_at)
       values ($1, $2, $3, $4, case when $7::uuid is null then 'document' else 'video' end, $5,
         case when $7::uuid is null then '# 正文' end, $6, $7, now())`,
      [
        lessonVersionId,
        randomUUID(),
        courseId,
        courseVersionId,
        `第 ${index + 1} 课`,
        Math.round(durationSeconds * 1000),
        mediaId,
      ],
    );
    await owner.query(
      'insert into course_version_lesson (course_version_id, position, lesson_version_id) values ($1, $2, $3)',
      [courseVersionId, index + 1, lessonVersionId],
    );
    lessons.push({ lessonVersionId, durationSeconds });
  }
  await owner.query("update course_version set state = 'published', published_at = now() where id = $1", [
    courseVersionId,
  ]);
  return { organisationId, courseId, courseVersionId, lessons };
}

/** Writes persons without names: study needs none. Returns their ids. */
export async function makePeople(owner: Queryable, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await owner.query(
    `insert into person (bucket, id, name_sealed, name_index, id_number_sealed, id_number_index, birth_date, sex, region_code, created_at)
     select p.bucket, p.id, '', '', '', decode(replace(p.id::text, '-', ''), 'hex'), '1980-01-01', 'male',
            (select code from region where level = 'county' order by code limit 1), now()
     from unnest($1::smallint[], $2::uuid[]) as p (bucket, id)`,
    [ids.map(bucketOf), ids],
  );
  return ids;
}

/** Assigns the course of a world to people. */
export async function assignWorld(owner: Queryable, world: StudyWorld, personIds: readonly string[]): Promise<void> {
  await owner.query(
    `insert into training_assignment (bucket, id, person_id, course_id, organisation_id)
     select p.bucket, gen_random_uuid(), p.id, $3, $4 from unnest($1::smallint[], $2::uuid[]) as p (bucket, id)`,
    [personIds.map(bucketOf), personIds, world.courseId, world.organisationId],
  );
}

function usccLike(): string {
  const letters = randomBytes(10)
    .toString('hex')
    .toUpperCase()
    .replaceAll(/[^0-9A-F]/g, '0')
    .slice(0, 10);
  return `91440101${letters}`;
}
