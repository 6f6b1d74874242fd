import type { LessonVersionView, MediaView } from '@antu/contract';
import { learnerVisibleStates, type SchemeCode } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { rowsOf } from './context.ts';
import { type MediaRow, mediaColumns } from './media/media-queries.ts';
import { presentLesson, presentMedia } from './present.ts';
import { listLessonRows } from './queries.ts';

/** A lesson with its place in a version of its course. */
export interface LessonForStudy {
  readonly lessonVersionId: string;
  readonly lessonId: string;
  readonly courseId: string;
  readonly courseVersionId: string;
  readonly courseTitleZh: string;
  /** Body that teaches the course. */
  readonly organisationId: string;
  /** From 1. */
  readonly position: number;
  readonly kind: 'video' | 'document';
  readonly titleZh: string;
  readonly titleEn: string | null;
  readonly topicId: string | null;
  readonly durationMs: number | null;
  readonly documentText: string | null;
  readonly media: MediaView | null;
  readonly scheme: SchemeCode;
  /** The version is published, or was and is kept for those who started it. */
  readonly published: boolean;
  /** The version is the one that new learners get. */
  readonly current: boolean;
  readonly next: { readonly lessonVersionId: string; readonly titleZh: string } | null;
}

interface StudyRow {
  id: string;
  lesson_id: string;
  course_id: string;
  in_version_id: string;
  course_title_zh: string;
  organisation_id: string;
  position: number;
  kind: 'video' | 'document';
  title_zh: string;
  title_en: string | null;
  topic_id: string | null;
  duration_ms: number | null;
  document_text: string | null;
  media: MediaRow | null;
  scheme: SchemeCode;
  published: boolean;
  current: boolean;
  next: { lessonVersionId: string; titleZh: string } | null;
}

const findLesson = `
  select l.id, l.lesson_id, l.course_id, v.id as in_version_id, c.title_zh as course_title_zh, c.organisation_id,
    cl.position, l.kind, l.title_zh, l.title_en, l.topic_id, coalesce(l.duration_ms, m.duration_ms) as duration_ms,
    l.document_text, case when m.id is not null then jsonb_build_object(${mediaColumns('m')}) end as media, c.scheme,
    v.state = any($3::text[]) as published, v.state = 'published' as current, following.next
  from lesson_version l
    join course c on c.id = l.course_id
    join course_version_lesson cl on cl.lesson_version_id = l.id
    join course_version v on v.id = cl.course_version_id and ($2::uuid is null or v.id = $2)
    left join media_asset m on m.id = l.media_id
    left join lateral (
      select jsonb_build_object('lessonVersionId', n.id, 'titleZh', n.title_zh) as next
      from course_version_lesson nl join lesson_version n on n.id = nl.lesson_version_id
      where nl.course_version_id = cl.course_version_id and nl.position > cl.position
      order by nl.position limit 1
    ) following on true
  where l.id = $1
  order by v.state = 'published' desc, v.published_at is not null desc, v.number desc limit 1`;

/**
 * A lesson for a learner. A lesson that did not change is in several versions of its course: `courseVersionId` says in which
 * one the learner is; without it, the published one, else the newest that contains it.
 */
export async function findLessonForStudy(
  db: Queryable,
  lessonVersionId: string,
  courseVersionId: string | null = null,
): Promise<LessonForStudy | null> {
  const [row] = await rowsOf<StudyRow>(db, findLesson, [lessonVersionId, courseVersionId, learnerVisibleStates]);
  if (!row) return null;
  return {
    lessonVersionId: row.id,
    lessonId: row.lesson_id,
    courseId: row.course_id,
    courseVersionId: row.in_version_id,
    courseTitleZh: row.course_title_zh,
    organisationId: row.organisation_id,
    position: row.position,
    kind: row.kind,
    titleZh: row.title_zh,
    titleEn: row.title_en,
    topicId: row.topic_id,
    durationMs: row.duration_ms,
    documentText: row.document_text,
    media: row.media === null ? null : presentMedia(row.media),
    scheme: row.scheme,
    published: row.published,
    current: row.current,
    next: row.next,
  };
}

/** Lessons of a version in their order. */
export async function listLessonsOfVersion(db: Queryable, courseVersionId: string): Promise<LessonVersionView[]> {
  return (await listLessonRows(db, [courseVersionId])).map(presentLesson);
}

/** Lessons of several versions by version id: one statement for a whole list of courses. */
export async function listLessonsOfVersions(
  db: Queryable,
  courseVersionIds: readonly string[],
): Promise<ReadonlyMap<string, LessonVersionView[]>> {
  const rows = await listLessonRows(db, courseVersionIds);
  return new Map(
    courseVersionIds.map((versionId) => [
      versionId,
      rows.filter(({ in_version_id }) => in_version_id === versionId).map(presentLesson),
    ]),
  );
}

/** The version that new learners get; null if none is published. */
export async function findPublishedVersion(
  db: Queryable,
  courseId: string,
): Promise<{ courseVersionId: string; number: number } | null> {
  const [row] = await rowsOf<{ id: string; number: number }>(
    db,
    `select id, number from course_version where course_id = $1 and state = 'published'`,
    [courseId],
  );
  return row ? { courseVersionId: row.id, number: row.number } : null;
}

export interface CourseTitle {
  readonly courseId: string;
  readonly titleZh: string;
  readonly titleEn: string | null;
  readonly scheme: SchemeCode;
  readonly organisationId: string;
  readonly organisationName: string;
}

/** Titles of courses, for lists of other modules. */
export async function listCourseTitles(db: Queryable, courseIds: readonly string[]): Promise<CourseTitle[]> {
  return rowsOf<CourseTitle>(
    db,
    `select c.id as "courseId", c.title_zh as "titleZh", c.title_en as "titleEn", c.scheme,
       o.id as "organisationId", o.name as "organisationName"
     from course c join organisation o on o.id = c.organisation_id where c.id = any($1::uuid[]) order by c.title_zh`,
    [courseIds],
  );
}

/** Every course that can be assigned now, for demo data and pickers. */
export async function listPublishedCourses(
  db: Queryable,
): Promise<{ courseId: string; courseVersionId: string; titleZh: string; scheme: SchemeCode }[]> {
  return rowsOf(
    db,
    `select c.id as "courseId", v.id as "courseVersionId", c.title_zh as "titleZh", c.scheme
     from course c join course_version v on v.course_id = c.id and v.state = 'published' order by c.created_at, c.id`,
  );
}
