import type { CertificateFacts } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';

interface FactRow {
  readonly person_id: string;
  readonly course_version_id: string;
  readonly credited: number;
  readonly required: number;
  readonly quizzes_asked: number;
  readonly quizzes_passed: number;
  readonly exam_held: boolean;
  readonly exam_passed: boolean;
  readonly awaiting: number;
  readonly open_reviews: number;
  readonly has_certificate: boolean;
}

/** Somebody to whom the course is assigned, with what decides about a certificate. */
export interface CourseLearner {
  readonly personId: string;
  readonly courseVersionId: string;
  readonly facts: CertificateFacts;
}

/** The version that somebody studies: the one of the assignment, or the published one. */
const FACTS = `
  with learner as (
    select a.bucket, a.person_id, v.id as version_id
    from training_assignment a join course_version v on v.id = coalesce(a.course_version_id,
      (select pv.id from course_version pv where pv.course_id = a.course_id and pv.state = 'published'))
    where a.course_id = $1 and ($2::uuid is null or a.person_id = $2) and ($3::uuid is null or a.person_id > $3)
    order by a.person_id limit $4)
  select l.person_id, l.version_id as course_version_id,
    coalesce(p.credited_seconds, 0)::int as credited, course_version_required_seconds(l.version_id)::int as required,
    (select count(*)::int from course_version_lesson h join lesson_quiz q on q.lesson_version_id = h.lesson_version_id
      where h.course_version_id = l.version_id) as quizzes_asked,
    (select count(distinct r.lesson_version_id)::int from quiz_round r
        join course_version_lesson h on h.lesson_version_id = r.lesson_version_id and h.course_version_id = l.version_id
        join lesson_quiz q on q.lesson_version_id = r.lesson_version_id
      where r.bucket = l.bucket and r.person_id = l.person_id and r.state = 'passed') as quizzes_passed,
    exists (select from exam e where $1 = any(e.course_ids) and e.state <> 'cancelled') as exam_held,
    exists (select from exam e join exam_sitting s on s.exam_id = e.id and s.bucket = l.bucket and s.person_id = l.person_id
        and s.state = 'marked' and s.kind = 'formal'
        join lateral (select r.passed from exam_result r where r.bucket = s.bucket and r.sitting_id = s.id
          order by r.version desc limit 1) last on last.passed
      where $1 = any(e.course_ids)) as exam_passed,
    (select coalesce(sum(w.seconds), 0)::int from hour_awaiting w
        join course_version_lesson h on h.lesson_version_id = w.lesson_version_id and h.course_version_id = l.version_id
      where w.bucket = l.bucket and w.person_id = l.person_id and not exists (select from hour_decision d
        where d.bucket = w.bucket and d.session_id = w.session_id and d.cause_id in (w.identity_check_id, w.quiz_gate_id))) as awaiting,
    (select count(*)::int from review_case c where c.bucket = l.bucket and c.person_id = l.person_id
      and (c.state = 'open' or c.has_open_appeal)) as open_reviews,
    exists (select from training_certificate t where t.bucket = l.bucket and t.person_id = l.person_id
      and t.course_version_id = l.version_id and t.standing = 'in-force') as has_certificate
  from learner l
    left join course_progress p on p.bucket = l.bucket and p.person_id = l.person_id and p.course_version_id = l.version_id
  order by l.person_id`;

/** Learners of a course by id. @param wanted one person, or those after one */
export async function readCourseLearners(
  db: Queryable,
  courseId: string,
  { personId = null, after = null, limit }: { personId?: string | null; after?: string | null; limit: number },
): Promise<CourseLearner[]> {
  const { rows } = await db.query<FactRow>(FACTS, [courseId, personId, after, limit]);
  return rows.map((row) => ({
    personId: row.person_id,
    courseVersionId: row.course_version_id,
    facts: {
      creditedSeconds: row.credited,
      requiredSeconds: row.required,
      quizzes: { asked: row.quizzes_asked, passed: row.quizzes_passed },
      exam: row.exam_held ? (row.exam_passed ? 'passed' : 'not-passed') : 'not-held',
      awaitingSeconds: row.awaiting,
      openReviews: row.open_reviews,
      hasCertificate: row.has_certificate,
    },
  }));
}

/** What a decision rests on: ids of ledger entries of the version, and results of exams that were passed. */
export async function readBasis(
  db: Queryable,
  { bucket, personId, courseId, courseVersionId }: CourseKey,
): Promise<{ ledgerEntries: string[]; results: { sittingId: string; version: number }[] }> {
  const [entries, results] = await Promise.all([
    db.query<{ id: string }>(
      `select e.id from hour_ledger_entry e
         join course_version_lesson h on h.lesson_version_id = e.lesson_version_id and h.course_version_id = $3
       where e.bucket = $1 and e.person_id = $2 order by e.id`,
      [bucket, personId, courseVersionId],
    ),
    db.query<{ sittingId: string; version: number }>(
      `select s.id as "sittingId", last.version from exam e
         join exam_sitting s on s.exam_id = e.id and s.bucket = $1 and s.person_id = $2 and s.state = 'marked' and s.kind = 'formal'
         join lateral (select r.version, r.passed from exam_result r where r.bucket = s.bucket and r.sitting_id = s.id
           order by r.version desc limit 1) last on last.passed
       where $3 = any(e.course_ids) order by s.id`,
      [bucket, personId, courseId],
    ),
  ]);
  return { ledgerEntries: entries.rows.map(({ id }) => id), results: results.rows };
}

export interface CourseKey {
  readonly bucket: number;
  readonly personId: string;
  readonly courseId: string;
  readonly courseVersionId: string;
}
