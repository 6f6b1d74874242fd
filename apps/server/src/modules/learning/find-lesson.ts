import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { findLessonForStudy, type LessonForStudy } from '../courses/index.ts';

/** A lesson that may be studied now, with the assignment it belongs to. */
export type StudyLesson = LessonForStudy & {
  readonly durationMs: number;
  /** Who asked for the course; null: the learner chose it. */
  readonly assignment: { organisationId: string; fixesVersion: boolean } | null;
};

/**
 * The lesson, if the person may study it: its course is assigned to them or open to everybody, and it belongs to the
 * version that they started (the published one if they have not started any).
 */
export async function findStudyLesson(
  db: Queryable,
  bucket: number,
  personId: string,
  lessonVersionId: string,
): Promise<StudyLesson> {
  const found = await findLessonForStudy(db, lessonVersionId);
  if (!found) throw new AppError('study.lesson_not_found');
  const assignment = await findAssignment(db, bucket, personId, found.courseId);
  const startedId = assignment?.courseVersionId ?? (await findStartedVersion(db, bucket, personId, found.courseId));
  const inStarted = startedId === null ? null : await findLessonForStudy(db, lessonVersionId, startedId);
  if (startedId !== null && !inStarted) throw new AppError('study.other_version_started');
  const lesson = inStarted ?? found;
  if (!lesson.published) throw new AppError('study.lesson_not_found');
  if (startedId === null && !lesson.current) {
    throw new AppError(assignment ? 'study.other_version_started' : 'study.not_open_to_you');
  }
  const { durationMs } = lesson;
  if (durationMs === null || durationMs < 1000 || (lesson.kind === 'video' && lesson.media?.playlistUrl == null)) {
    throw new AppError('study.lesson_not_ready');
  }
  return {
    ...lesson,
    durationMs,
    assignment: assignment
      ? { organisationId: assignment.organisationId, fixesVersion: assignment.courseVersionId === null }
      : null,
  };
}

async function findAssignment(db: Queryable, bucket: number, personId: string, courseId: string) {
  const { rows } = await db.query<{ courseVersionId: string | null; organisationId: string }>(
    `select course_version_id as "courseVersionId", organisation_id as "organisationId"
     from training_assignment where bucket = $1 and person_id = $2 and course_id = $3`,
    [bucket, personId, courseId],
  );
  return rows[0];
}

/** Without an assignment: the version that contains most of what the person has of the course, the newest of those. */
async function findStartedVersion(
  db: Queryable,
  bucket: number,
  personId: string,
  courseId: string,
): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `select v.id
     from lesson_progress p
     join course_version_lesson l on l.lesson_version_id = p.lesson_version_id
     join course_version v on v.id = l.course_version_id and v.published_at is not null
     where p.bucket = $1 and p.person_id = $2 and p.course_id = $3
     group by v.id, v.number order by count(*) desc, v.number desc limit 1`,
    [bucket, personId, courseId],
  );
  return rows[0]?.id ?? null;
}
