import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../../../platform/database/pool.ts';

export interface TestCourse {
  readonly courseId: string;
  readonly versionId: string;
  readonly lessonVersionIds: readonly string[];
}

export interface TestCourseOptions {
  readonly organisationId: string;
  readonly scheme: string;
  readonly titleZh: string;
  readonly lessonMs: readonly number[];
  /** The video of all lessons; without one they are documents. */
  readonly mediaId?: string;
}

/** A published course of lessons with these lengths. */
export async function insertCourse(owner: Queryable, options: TestCourseOptions): Promise<TestCourse> {
  const { organisationId, scheme, titleZh, lessonMs, mediaId = null } = options;
  const [syllabusId, courseId, versionId] = [randomUUID(), randomUUID(), randomUUID()];
  await owner.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, $2, $3, $3, '测试', '2020-01-01')`,
    [syllabusId, scheme, titleZh],
  );
  await owner.query(
    `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $1, now(), now())`,
    [courseId, organisationId, syllabusId, scheme, titleZh],
  );
  await owner.query(
    `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at)
     values ($1, $2, 1, 'draft', '第一版', $1, now())`,
    [versionId, courseId],
  );
  const lessonVersionIds: string[] = [];
  for (const [at, durationMs] of lessonMs.entries()) {
    const lessonVersionId = randomUUID();
    lessonVersionIds.push(lessonVersionId);
    await owner.query(
      `insert into lesson_version (id, lesson_id, course_id, course_version_id, kind, title_zh, document_text, duration_ms,
         media_id, created_at)
       values ($1, $2, $3, $4, $7, $5, $8, $6, $9, now())`,
      [
        lessonVersionId,
        randomUUID(),
        courseId,
        versionId,
        `${titleZh} ${at + 1}`,
        durationMs,
        mediaId === null ? 'document' : 'video',
        mediaId === null ? '正文' : null,
        mediaId,
      ],
    );
    await owner.query(
      'insert into course_version_lesson (course_version_id, position, lesson_version_id) values ($1, $2, $3)',
      [versionId, at + 1, lessonVersionId],
    );
  }
  await owner.query(`update course_version set state = 'published', published_at = now() where id = $1`, [versionId]);
  return { courseId, versionId, lessonVersionIds };
}
