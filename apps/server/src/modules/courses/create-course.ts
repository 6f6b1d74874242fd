import type { CourseDetail, createCourse as endpoint } from '@antu/contract';
import type { z } from 'zod';
import { transaction } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { recordAudit } from '../audit/index.ts';
import { type CourseContext, rowsOf } from './context.ts';
import { getCourseDetail } from './get-course.ts';
import { requireOrganisation } from './policy.ts';

export type NewCourse = z.output<(typeof endpoint)['body']>;

/** Makes a course with an empty first draft. */
export async function createCourse(ctx: CourseContext, input: NewCourse): Promise<CourseDetail> {
  requireOrganisation(ctx.actor, 'courses.write', input.organisationId);
  const now = ctx.now();
  const courseId = uuidv7(now.getTime());
  await transaction(ctx.pool, async (tx) => {
    const [syllabus] = await rowsOf<{ scheme: string }>(tx, 'select scheme from syllabus where id = $1', [
      input.syllabusId,
    ]);
    if (!syllabus) throw new AppError('courses.syllabus_not_found', { syllabusId: input.syllabusId });
    await tx.query(
      `insert into course (id, organisation_id, syllabus_id, scheme, title_zh, title_en, created_by, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [
        courseId,
        input.organisationId,
        input.syllabusId,
        syllabus.scheme,
        input.titleZh,
        input.titleEn,
        ctx.actor.accountId,
        now,
      ],
    );
    await tx.query(
      `insert into course_version (id, course_id, number, state, summary_zh, created_by, created_at)
       values ($1, $2, 1, 'draft', '首个版本', $3, $4)`,
      [uuidv7(now.getTime()), courseId, ctx.actor.accountId, now],
    );
    await recordAudit(tx, ctx, {
      action: 'courses.create',
      object: { kind: 'course', id: courseId },
      detail: { organisationId: input.organisationId, titleZh: input.titleZh },
    });
  });
  return getCourseDetail(ctx, courseId);
}
