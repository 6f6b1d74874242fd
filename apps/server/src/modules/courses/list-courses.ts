import type { CourseSummary, listCourses as endpoint } from '@antu/contract';
import type { CourseVersionState } from '@antu/domain';
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { type CourseContext, rowsOf } from './context.ts';
import { insideReachOf } from './policy.ts';
import { authorsOf, presentCourse } from './present.ts';
import type { CourseRow } from './queries.ts';

export type CourseFilter = z.output<(typeof endpoint)['query']>;
type CoursePage = { items: CourseSummary[]; nextCursor: string | null; total: number };

interface SummaryRow extends CourseRow {
  published_number: number | null;
  latest_number: number;
  latest_created_by: string;
  latest_submitted_by: string | null;
  latest_state: CourseVersionState;
  lesson_count: number;
  duration_ms: number;
  poster: { mediaId: string; key: string } | null;
}

/**
 * $1 everywhere, $2 organisations of the actor, $3 state, $4 scheme. A course is listed if the actor sees a version of it;
 * the state asks for a version in that state, which is what a reviewer's queue is.
 */
const visibleCourses = `
  course c
    join organisation o on o.id = c.organisation_id
    join syllabus s on s.id = c.syllabus_id
    cross join lateral (select ($1 or c.organisation_id = any($2::uuid[])) as inside) reach
    join lateral (
      select v.id, v.number, v.state, v.created_by, v.submitted_by from course_version v
      where v.course_id = c.id and (reach.inside or v.state = 'published') order by v.number desc limit 1
    ) latest on true
  where ($4::text is null or c.scheme = $4)
    and ($3::text is null or exists (
      select from course_version v where v.course_id = c.id and v.state = $3 and (reach.inside or v.state = 'published')))`;

const pageOfCourses = `
  select page.*, p.number as published_number, lessons.lesson_count, lessons.duration_ms, lessons.poster
  from (
    select c.id, c.organisation_id, o.name as organisation_name, c.syllabus_id, s.title_zh as syllabus_title_zh, c.scheme,
      c.title_zh, c.title_en, c.updated_at, latest.id as latest_id, latest.number as latest_number,
      latest.state as latest_state, latest.created_by as latest_created_by,
      latest.submitted_by as latest_submitted_by
    from ${visibleCourses}
      and ($5::timestamptz is null or (c.updated_at, c.id) < ($5, $6::uuid))
    order by c.updated_at desc, c.id desc limit $7
  ) page
    left join course_version p on p.course_id = page.id and p.state = 'published'
    cross join lateral (
      select count(*)::int as lesson_count, coalesce(sum(coalesce(l.duration_ms, m.duration_ms)), 0)::int as duration_ms,
        (array_agg(jsonb_build_object('mediaId', m.id, 'key', m.poster_key) order by cl.position)
          filter (where m.poster_key is not null))[1] as poster
      from course_version_lesson cl join lesson_version l on l.id = cl.lesson_version_id
        left join media_asset m on m.id = l.media_id
      where cl.course_version_id = page.latest_id
    ) lessons
  order by page.updated_at desc, page.id desc`;

/** Courses the actor may see, the one changed last first. */
export async function listCourses(ctx: CourseContext, filter: CourseFilter): Promise<CoursePage> {
  const { everywhere, organisationIds } = insideReachOf(ctx.actor);
  const shared = [everywhere, organisationIds, filter.state ?? null, filter.scheme ?? null];
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor);
  const [rows, [count]] = await Promise.all([
    rowsOf<SummaryRow>(ctx.pool, pageOfCourses, [
      ...shared,
      after?.updatedAt ?? null,
      after?.id ?? null,
      filter.limit + 1,
    ]),
    rowsOf<{ total: number }>(ctx.pool, `select count(*)::int as total from ${visibleCourses}`, shared),
  ]);
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) =>
      presentCourse(row, {
        publishedVersion: row.published_number,
        latestState: row.latest_state,
        latestNumber: row.latest_number,
        latestIsOwnWork: authorsOf({
          created_by: row.latest_created_by,
          submitted_by: row.latest_submitted_by,
        }).includes(ctx.actor.accountId),
        lessonCount: row.lesson_count,
        durationMs: row.duration_ms,
        poster: row.poster,
      }),
    ),
    nextCursor: rows.length > shown.length && last ? writeCursor(last) : null,
    total: count?.total ?? 0,
  };
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

const writeCursor = ({ updated_at, id }: SummaryRow): string =>
  Buffer.from(JSON.stringify([updated_at.toISOString(), id])).toString('base64url');

function readCursor(cursor: string): { updatedAt: string; id: string } {
  try {
    const [updatedAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { updatedAt, id };
  } catch (cause) {
    throw new AppError('platform.bad_input', { summary: 'cursor' }, { cause });
  }
}
