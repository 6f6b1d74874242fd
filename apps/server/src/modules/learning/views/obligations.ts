import type { LessonProgress, Obligation } from '@antu/contract';
import {
  bucketOf,
  byDueDay,
  chinaDateOf,
  decideStanding,
  findStudyRuleSet,
  obligationStateOf,
  type SchemeCode,
  type Standing,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { type LessonWithQuiz, presentLesson, readLessons } from './lessons.ts';

interface ObligationRow {
  id: string;
  course_id: string;
  version_id: string;
  version_number: number;
  title_zh: string;
  title_en: string | null;
  summary_zh: string;
  scheme: SchemeCode;
  organisation_name: string;
  due_on: string | null;
  required_seconds: number;
  credited_seconds: number;
  finished_at: Date | null;
  region_code: string;
}

/** An obligation with what its page shows besides. */
export interface OwnedObligation {
  readonly view: Obligation;
  readonly summaryZh: string;
  readonly finishedAt: Date | null;
  readonly lessons: readonly LessonProgress[];
}

/**
 * The version of a course that an assignment is about: the one the person started, else the one that is published.
 * Expects the assignment as `a`; a course that is no longer published and was never started is not owed.
 */
export const VERSION_OF_ASSIGNMENT = `join course_version v on v.id = coalesce(a.course_version_id,
    (select pv.id from course_version pv where pv.course_id = a.course_id and pv.state = 'published'))`;

/** Everything a person owes or owed, most urgent first. */
export async function readObligations(db: Queryable, personId: string, nowMs: number): Promise<OwnedObligation[]> {
  const today = chinaDateOf(nowMs);
  const { rows } = await db.query<ObligationRow>(
    `select a.id, a.course_id, v.id as version_id, v.number as version_number, c.title_zh, c.title_en, v.summary_zh, c.scheme,
       o.name as organisation_name, a.due_on, course_version_required_seconds(v.id) as required_seconds,
       coalesce(p.credited_seconds, 0) as credited_seconds, p.finished_at, person.region_code
     from training_assignment a
       join person on person.bucket = a.bucket and person.id = a.person_id
       join course c on c.id = a.course_id
       join organisation o on o.id = a.organisation_id
       ${VERSION_OF_ASSIGNMENT}
       left join course_progress p on p.bucket = a.bucket and p.person_id = a.person_id and p.course_version_id = v.id
     where a.bucket = $1 and a.person_id = $2`,
    [bucketOf(personId), personId],
  );
  const versionIds = rows.map((row) => row.version_id);
  const lessons = await readLessons(db, personId, versionIds);
  return rows
    .map((row) => present(row, lessons.get(row.version_id) ?? [], today))
    .sort((a, b) => byUrgency(a.view, b.view));
}

function present(row: ObligationRow, rows: readonly LessonWithQuiz[], today: string): OwnedObligation {
  const lessons = rows.map(presentLesson);
  const sealedSeconds = rows.reduce((sum, one) => sum + (one.credited_seconds ?? 0), 0);
  const runningSeconds = lessons.reduce((sum, one) => sum + one.creditedSeconds, 0) - sealedSeconds;
  const owed = { dueOn: row.due_on, requiredSeconds: row.required_seconds, creditedSeconds: row.credited_seconds };
  const state = obligationStateOf(owed, today);
  const next = lessons.find((lesson) => lesson.state !== 'finished');
  return {
    summaryZh: row.summary_zh,
    finishedAt: row.finished_at,
    lessons,
    view: {
      id: row.id,
      courseId: row.course_id,
      courseVersion: row.version_number,
      titleZh: row.title_zh,
      titleEn: row.title_en,
      scheme: row.scheme,
      organisationName: row.organisation_name,
      ...owed,
      // Whether it is done is the ledger's to say: what runs may still be taken back.
      creditedSeconds: row.credited_seconds + runningSeconds,
      state,
      studyHourSeconds: studyHourSecondsOf(row.scheme, row.region_code, today),
      next:
        state === 'done' || !next
          ? null
          : {
              lessonVersionId: next.lessonVersionId,
              titleZh: next.titleZh,
              titleEn: next.titleEn,
              resumeAtMs: next.resumeAtMs,
              awaitsQuiz: next.state === 'awaiting-quiz',
            },
    },
  };
}

const urgency = { overdue: 0, open: 1, done: 2 } as const;

function byUrgency(a: Obligation, b: Obligation): number {
  return urgency[a.state] - urgency[b.state] || byDueDay(a, b) || a.titleZh.localeCompare(b.titleZh, 'zh-CN');
}

/** The decision that the learner, the company and the authority see alike. */
export function standingOf(obligations: readonly OwnedObligation[], nowMs: number): Standing {
  return decideStanding(
    obligations.map((one) => one.view),
    chinaDateOf(nowMs),
  );
}

/** Length of one 学时 in a scheme and region on a China day. */
export function studyHourSecondsOf(scheme: SchemeCode, regionCode: string, day: string): number {
  return findStudyRuleSet(scheme, regionCode, day).limits.studyHourSeconds.value;
}

/** Credited seconds of a person per scheme. */
export async function readTotals(
  db: Queryable,
  personId: string,
  nowMs: number,
): Promise<{ scheme: SchemeCode; creditedSeconds: number; studyHourSeconds: number }[]> {
  const { rows } = await db.query<{ scheme: SchemeCode; credited: number; region_code: string }>(
    `select l.scheme, sum(l.credited_seconds)::int as credited, p.region_code
     from lesson_progress l join person p on p.bucket = l.bucket and p.id = l.person_id
     where l.bucket = $1 and l.person_id = $2 group by l.scheme, p.region_code order by credited desc`,
    [bucketOf(personId), personId],
  );
  const today = chinaDateOf(nowMs);
  return rows.map((row) => ({
    scheme: row.scheme,
    creditedSeconds: row.credited,
    studyHourSeconds: studyHourSecondsOf(row.scheme, row.region_code, today),
  }));
}
