import {
  bookingConditions,
  bucketOf,
  type CandidateFacts,
  type ExamCondition,
  examLimitsOf,
  getExamRuleSet,
  type OfferedDate,
  registrationConditions,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { readCountedAttempts } from '../sittings/attempts.ts';
import { courseTitles, type ExamRow } from './exam-rows.ts';

const kindOf = (ruleSetId: string): string => getExamRuleSet(ruleSetId).exam;

/** Reads what decides whether a person may book, for some exams. @returns the conditions of each at an instant (epoch ms) */
export async function readConditions(
  db: Queryable,
  personId: string,
  exams: readonly ExamRow[],
): Promise<(exam: ExamRow, nowMs: number) => ExamCondition[]> {
  const factsOf = await readFacts(db, personId, exams);
  return (exam, nowMs) => bookingConditions(limitsOf(exam), dateOf(exam), factsOf(exam), nowMs);
}

/** What keeps a person from being registered by the organiser; nothing: they can be. */
export async function readRegistrationConditions(
  db: Queryable,
  personId: string,
  exam: ExamRow,
  nowMs: number,
): Promise<ExamCondition[]> {
  const factsOf = await readFacts(db, personId, [exam]);
  return registrationConditions(limitsOf(exam), dateOf(exam), factsOf(exam), nowMs).filter(({ met }) => !met);
}

const limitsOf = (exam: ExamRow) => examLimitsOf(getExamRuleSet(exam.rule_set_id));
const dateOf = (exam: ExamRow): OfferedDate => ({
  opensAtMs: exam.opens_at.getTime(),
  placesLeft: exam.capacity - exam.booked,
  isPlanned: exam.state === 'planned',
  isUpcoming: exam.state === 'planned' || exam.state === 'frozen',
});

async function readFacts(
  db: Queryable,
  personId: string,
  exams: readonly ExamRow[],
): Promise<(exam: ExamRow) => CandidateFacts> {
  const bucket = bucketOf(personId);
  const courseIds = [...new Set(exams.flatMap((exam) => exam.course_ids))];
  const [hours, attempts, bookings, titles] = await Promise.all([
    db.query<{ course_id: string; credited: number; required: number }>(
      `select a.course_id, coalesce(p.credited_seconds, 0)::int as credited, course_version_required_seconds(v.id)::int as required
       from training_assignment a
         join course_version v on v.id = coalesce(a.course_version_id,
           (select pv.id from course_version pv where pv.course_id = a.course_id and pv.state = 'published'))
         left join course_progress p on p.bucket = a.bucket and p.person_id = a.person_id and p.course_version_id = v.id
       where a.bucket = $1 and a.person_id = $2 and a.course_id = any($3::uuid[])`,
      [bucket, personId, courseIds],
    ),
    readCountedAttempts(db, personId),
    db.query<{ exam_id: string; rule_set_id: string }>(
      `select b.exam_id, e.rule_set_id from exam_booking b join exam e on e.id = b.exam_id
       where b.bucket = $1 and b.person_id = $2 and b.state = 'booked' and e.state in ('planned', 'frozen', 'open')
         and not exists (select from exam_sitting s where s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id
           and s.state in ('marked', 'voided'))`,
      [bucket, personId],
    ),
    courseTitles(db, courseIds),
  ]);
  const byCourse = new Map(hours.rows.map((row) => [row.course_id, row]));
  return (exam) => ({
    hours: exam.course_ids.map((courseId) => ({
      courseId,
      titleZh: titles.get(courseId) ?? '',
      creditedSeconds: byCourse.get(courseId)?.credited ?? 0,
      requiredSeconds: byCourse.get(courseId)?.required ?? null,
    })),
    attempts: attempts.filter(({ ruleSetId }) => kindOf(ruleSetId) === kindOf(exam.rule_set_id)),
    isBookedElsewhere: bookings.rows.some(
      (row) => row.exam_id !== exam.id && kindOf(row.rule_set_id) === kindOf(exam.rule_set_id),
    ),
  });
}
