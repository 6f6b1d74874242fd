import type { CourseVersionState, SchemeCode } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { rowsOf } from './context.ts';
import { type MediaRow, mediaColumns } from './media/media-queries.ts';

export interface CourseRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly syllabus_id: string;
  readonly syllabus_title_zh: string;
  readonly scheme: SchemeCode;
  readonly title_zh: string;
  readonly title_en: string | null;
  readonly updated_at: Date;
}

export interface VersionRow {
  readonly id: string;
  readonly course_id: string;
  readonly number: number;
  readonly state: CourseVersionState;
  readonly summary_zh: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly submitted_by: string | null;
  readonly submitted_at: Date | null;
  readonly published_at: Date | null;
}

export interface LessonRow {
  /** The version whose list this row is in. */
  readonly in_version_id: string;
  readonly position: number;
  readonly id: string;
  readonly lesson_id: string;
  readonly course_id: string;
  /** The version that brought the content in. */
  readonly course_version_id: string;
  readonly kind: 'video' | 'document';
  readonly title_zh: string;
  readonly title_en: string | null;
  readonly topic_id: string | null;
  readonly media_id: string | null;
  readonly document_text: string | null;
  readonly duration_ms: number | null;
  readonly media: MediaRow | null;
}

export interface ReviewRow {
  readonly course_version_id: string;
  readonly stage: 'body' | 'platform';
  readonly decision: 'approved' | 'refused';
  readonly comment: string;
  readonly reviewer_id: string;
  readonly at: Date;
}

export interface TopicRow {
  readonly id: string;
  readonly syllabus_id: string;
  readonly code: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly required_seconds: number;
}

const courseColumns = `c.id, c.organisation_id, o.name as organisation_name, c.syllabus_id, s.title_zh as syllabus_title_zh,
  c.scheme, c.title_zh, c.title_en, c.updated_at`;
const courseSource = 'course c join organisation o on o.id = c.organisation_id join syllabus s on s.id = c.syllabus_id';
const versionColumns = `v.id, v.course_id, v.number, v.state, v.summary_zh, v.created_by, v.created_at, v.submitted_by,
  v.submitted_at, v.published_at`;

export async function findCourse(db: Queryable, courseId: string): Promise<CourseRow | undefined> {
  const rows = await rowsOf<CourseRow>(db, `select ${courseColumns} from ${courseSource} where c.id = $1`, [courseId]);
  return rows[0];
}

export const listVersions = (db: Queryable, courseId: string): Promise<VersionRow[]> =>
  rowsOf<VersionRow>(
    db,
    `select ${versionColumns} from course_version v where v.course_id = $1 order by v.number desc`,
    [courseId],
  );

/** The version, locked until the transaction ends: whoever changes it comes one after the other. */
export async function lockVersion(tx: Queryable, courseId: string, versionId: string): Promise<VersionRow | undefined> {
  const rows = await rowsOf<VersionRow>(
    tx,
    `select ${versionColumns} from course_version v where v.id = $2 and v.course_id = $1 for update`,
    [courseId, versionId],
  );
  return rows[0];
}

export async function lockCourse(tx: Queryable, courseId: string): Promise<void> {
  await tx.query('select 1 from course where id = $1 for update', [courseId]);
}

export const listLessonRows = (db: Queryable, versionIds: readonly string[]): Promise<LessonRow[]> =>
  rowsOf<LessonRow>(
    db,
    `select cl.course_version_id as in_version_id, cl.position, l.id, l.lesson_id, l.course_id, l.course_version_id,
       l.kind, l.title_zh, l.title_en, l.topic_id, l.media_id, l.document_text,
       coalesce(l.duration_ms, m.duration_ms) as duration_ms,
       case when m.id is not null then jsonb_build_object(${mediaColumns('m')}) end as media
     from course_version_lesson cl
       join lesson_version l on l.id = cl.lesson_version_id
       left join media_asset m on m.id = l.media_id
     where cl.course_version_id = any($1::uuid[])
     order by cl.course_version_id, cl.position`,
    [versionIds],
  );

export const listReviews = (db: Queryable, versionIds: readonly string[]): Promise<ReviewRow[]> =>
  rowsOf<ReviewRow>(
    db,
    `select course_version_id, stage, decision, comment, reviewer_id, at from course_review
     where course_version_id = any($1::uuid[]) order by at, id`,
    [versionIds],
  );

export const listTopics = (db: Queryable, syllabusIds: readonly string[]): Promise<TopicRow[]> =>
  rowsOf<TopicRow>(
    db,
    `select id, syllabus_id, code, title_zh, title_en, required_seconds from syllabus_topic
     where syllabus_id = any($1::uuid[]) order by syllabus_id, position`,
    [syllabusIds],
  );

export async function touchCourse(tx: Queryable, courseId: string, now: Date): Promise<void> {
  await tx.query('update course set updated_at = greatest(updated_at, $2) where id = $1', [courseId, now]);
}
