import type { CourseVersionView } from '@antu/contract';
import type { Tx } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { CourseContext } from './context.ts';
import { type EditFact, editDraft, type VersionKey } from './edit-draft.ts';
import { checkLessonContent, type LessonContent, type LessonInput } from './lesson-content.ts';
import { type CourseRow, type LessonRow, listLessonRows } from './queries.ts';

export interface LessonKey extends VersionKey {
  readonly lessonVersionId: string;
}

/** Adds a lesson at the end of a draft. */
export const addLesson = (ctx: CourseContext, key: VersionKey, input: LessonInput): Promise<CourseVersionView> =>
  editDraft(ctx, key, async (tx, course) => {
    const content = await checkLessonContent(tx, course, input);
    const lessonId = uuidv7(ctx.now().getTime());
    const lessonVersionId = await insertContent(tx, ctx, key, lessonId, content);
    await tx.query(
      `insert into course_version_lesson (course_version_id, position, lesson_version_id)
       select $1, coalesce(max(position), 0) + 1, $2 from course_version_lesson where course_version_id = $1`,
      [key.versionId, lessonVersionId],
    );
    return { action: 'courses.add-lesson', detail: { lessonId, lessonVersionId, titleZh: content.titleZh } };
  });

/** Changes a lesson of a draft. Content that older versions contain stays as it is: the draft gets its own copy. */
export const changeLesson = (ctx: CourseContext, key: LessonKey, input: LessonInput): Promise<CourseVersionView> =>
  editDraft(ctx, key, async (tx, course) => {
    const { lesson } = await findInDraft(tx, key);
    const content = await checkLessonContent(tx, course, input);
    const detail = { lessonId: lesson.lesson_id, lessonVersionId: lesson.id, titleZh: content.titleZh };
    if (!isChanged(lesson, content)) return { action: 'courses.change-lesson', detail: { ...detail, changed: false } };
    if (lesson.course_version_id === key.versionId) {
      await updateContent(tx, lesson.id, content);
      return { action: 'courses.change-lesson', detail };
    }
    const lessonVersionId = await replaceContent(tx, ctx, key, lesson, content);
    return { action: 'courses.change-lesson', detail: { ...detail, lessonVersionId, replaces: lesson.id } };
  });

/**
 * Changes what belongs to a lesson of a draft besides its own content. A lesson that older versions contain gets its own copy first.
 * @param work gets the lesson as it stands in the draft now
 */
export const changeBesideLesson = (
  ctx: CourseContext,
  key: LessonKey,
  work: (tx: Tx, course: CourseRow, lessonVersionId: string) => Promise<EditFact>,
): Promise<CourseVersionView> =>
  editDraft(ctx, key, async (tx, course) => {
    const { lesson } = await findInDraft(tx, key);
    const isOwn = lesson.course_version_id === key.versionId;
    return work(tx, course, isOwn ? lesson.id : await replaceContent(tx, ctx, key, lesson, contentOf(lesson)));
  });

/** Takes a lesson out of a draft; older versions keep it. */
export const removeLesson = (ctx: CourseContext, key: LessonKey): Promise<CourseVersionView> =>
  editDraft(ctx, key, async (tx) => {
    const { lesson } = await findInDraft(tx, key);
    await tx.query('delete from course_version_lesson where course_version_id = $1 and lesson_version_id = $2', [
      key.versionId,
      lesson.id,
    ]);
    await tx.query(
      'update course_version_lesson set position = position - 1 where course_version_id = $1 and position > $2',
      [key.versionId, lesson.position],
    );
    if (lesson.course_version_id === key.versionId) {
      await tx.query('delete from lesson_version where id = $1', [lesson.id]);
    }
    return { action: 'courses.remove-lesson', detail: { lessonId: lesson.lesson_id, titleZh: lesson.title_zh } };
  });

/** Moves a lesson of a draft to a position, counted from 1; beyond the end means the end. */
export const moveLesson = (ctx: CourseContext, key: LessonKey, position: number): Promise<CourseVersionView> =>
  editDraft(ctx, key, async (tx) => {
    const { lesson, lessons } = await findInDraft(tx, key);
    const order = lessons.filter(({ id }) => id !== lesson.id).map(({ id }) => id);
    order.splice(position - 1, 0, lesson.id);
    await tx.query(
      `update course_version_lesson cl set position = wanted.position
       from unnest($2::uuid[]) with ordinality as wanted (id, position)
       where cl.course_version_id = $1 and cl.lesson_version_id = wanted.id and cl.position <> wanted.position`,
      [key.versionId, order],
    );
    return {
      action: 'courses.move-lesson',
      detail: { lessonId: lesson.lesson_id, from: lesson.position, to: order.indexOf(lesson.id) + 1 },
    };
  });

async function findInDraft(tx: Tx, key: LessonKey): Promise<{ lesson: LessonRow; lessons: LessonRow[] }> {
  const lessons = await listLessonRows(tx, [key.versionId]);
  const lesson = lessons.find(({ id }) => id === key.lessonVersionId);
  if (!lesson) throw new AppError('courses.lesson_not_found', { lessonVersionId: key.lessonVersionId });
  return { lesson, lessons };
}

const isChanged = (lesson: LessonRow, content: LessonContent): boolean =>
  lesson.kind !== content.kind ||
  lesson.title_zh !== content.titleZh ||
  lesson.title_en !== content.titleEn ||
  lesson.topic_id !== content.topicId ||
  lesson.media_id !== content.mediaId ||
  lesson.document_text !== content.documentText ||
  lesson.duration_ms !== content.durationMs;

const contentOf = (lesson: LessonRow): LessonContent => ({
  kind: lesson.kind,
  titleZh: lesson.title_zh,
  titleEn: lesson.title_en,
  topicId: lesson.topic_id,
  mediaId: lesson.media_id,
  documentText: lesson.document_text,
  durationMs: lesson.duration_ms,
});

const contentValues = (content: LessonContent): unknown[] => [
  content.kind,
  content.titleZh,
  content.titleEn,
  content.topicId,
  content.mediaId,
  content.documentText,
  content.durationMs,
];

async function insertContent(
  tx: Tx,
  ctx: CourseContext,
  { courseId, versionId }: VersionKey,
  lessonId: string,
  content: LessonContent,
): Promise<string> {
  const id = uuidv7(ctx.now().getTime());
  await tx.query(
    `insert into lesson_version (id, lesson_id, course_id, course_version_id, created_at,
       kind, title_zh, title_en, topic_id, media_id, document_text, duration_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [id, lessonId, courseId, versionId, ctx.now(), ...contentValues(content)],
  );
  return id;
}

/** Gives a draft its own content of a lesson that older versions contain; its quiz comes along. @returns the new lesson version */
async function replaceContent(
  tx: Tx,
  ctx: CourseContext,
  key: VersionKey,
  lesson: LessonRow,
  content: LessonContent,
): Promise<string> {
  const lessonVersionId = await insertContent(tx, ctx, key, lesson.lesson_id, content);
  await tx.query(
    `insert into lesson_quiz (lesson_version_id, asked_count, set_by, since, bank_id, topic_ids)
     select $2, asked_count, set_by, $3, bank_id, topic_ids from lesson_quiz where lesson_version_id = $1`,
    [lesson.id, lessonVersionId, ctx.now()],
  );
  await tx.query(
    `update course_version_lesson set lesson_version_id = $3 where course_version_id = $1 and lesson_version_id = $2`,
    [key.versionId, lesson.id, lessonVersionId],
  );
  return lessonVersionId;
}

const updateContent = (tx: Tx, lessonVersionId: string, content: LessonContent) =>
  tx.query(
    `update lesson_version set kind = $2, title_zh = $3, title_en = $4, topic_id = $5, media_id = $6, document_text = $7,
       duration_ms = $8 where id = $1`,
    [lessonVersionId, ...contentValues(content)],
  );
