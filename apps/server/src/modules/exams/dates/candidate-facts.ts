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
import { readCountedAttemptsOf } from '../sittings/attempts.ts';
import { courseTitles, type ExamRow } from './exam-rows.ts';

const kindOf = (ruleSetId: string): string => getExamRuleSet(ruleSetId).exam;

/** Reads what decides whether a person may book, for some exams. @returns the conditions of each at an instant (epoch ms) */
export async function readConditions(
  db: Queryable,
  personId: string,
  exams: readonly ExamRow[],
): Promise<(exam: ExamRow, nowMs: number) => ExamCondition[]> {
  const factsOf = await readFacts(db, [personId], exams);
  return (exam, nowMs) => bookingConditions(limitsOf(exam), dateOf(exam), factsOf(personId, exam), nowMs);
}

/**
 * Reads what keeps people from being registered by the organiser for one exam, all of them at once.
 * @returns what is not met by a person, given the exam as it stands; nothing: they can be registered
 */
export async function readRegistrationConditions(
  db: Queryable,
  personIds: readonly string[],
  exam: ExamRow,
): Promise<(personId: string, now: { exam: ExamRow; nowMs: number }) => ExamCondition[]> {
  const factsOf = await readFacts(db, personIds, [exam]);
  return (personId, now) =>
    registrationConditions(limitsOf(now.exam), dateOf(now.exam), factsOf(personId, now.exam), now.nowMs).filter(
      ({ met }) => !met,
    );
}

const limitsOf = (exam: ExamRow) => examLimitsOf(getExamRuleSet(exam.rule_set_id));
const dateOf = (exam: ExamRow): OfferedDate => ({
  opensAtMs: exam.opens_at.getTime(),
  placesLeft: exam.capacity - exam.booked,
  isPlanned: exam.state === 'planned',
  isUpcoming: exam.state === 'planned' || exam.state === 'frozen',
});

/** @returns the facts about one of the people and one of the exams */
async function readFacts(
  db: Queryable,
  personIds: readonly string[],
  exams: readonly ExamRow[],
): Promise<(personId: string, exam: ExamRow) => CandidateFacts> {
  const people = [personIds.map(bucketOf), personIds];
  const courseIds = [...new Set(exams.flatMap((exam) => exam.course_ids))];
  const [hours, attempts, bookings, titles] = await Promise.all([
    db.query<{ person_id: string; course_id: string; credited: number; required: number }>(
      `select a.person_id, a.course_id, coalesce(p.credited_seconds, 0)::int as credited,
         course_version_required_seconds(v.id)::int as required
       from unnest($1::smallint[], $2::uuid[]) as w (bucket, person_id)
         join training_assignment a on a.bucket = w.bucket and a.person_id = w.person_id
         join course_version v on v.id = coalesce(a.course_version_id,
           (select pv.id from course_version pv where pv.course_id = a.course_id and pv.state = 'published'))
         left join course_progress p on p.bucket = a.bucket and p.person_id = a.person_id and p.course_version_id = v.id
       where a.course_id = any($3::uuid[])`,
      [...people, courseIds],
    ),
    readCountedAttemptsOf(db, personIds),
    db.query<{ person_id: string; exam_id: string; rule_set_id: string }>(
      `select b.person_id, b.exam_id, e.rule_set_id
       from unnest($1::smallint[], $2::uuid[]) as w (bucket, person_id)
         join exam_booking b on b.bucket = w.bucket and b.person_id = w.person_id
         join exam e on e.id = b.exam_id
       where b.state = 'booked' and e.state in ('planned', 'frozen', 'open')
         and not exists (select from exam_sitting s where s.bucket = b.bucket and s.person_id = b.person_id and s.exam_id = b.exam_id
           and s.state in ('marked', 'voided'))`,
      people,
    ),
    courseTitles(db, courseIds),
  ]);
  const hoursOf = new Map(hours.rows.map((row) => [`${row.person_id} ${row.course_id}`, row]));
  const bookingsOf = Map.groupBy(bookings.rows, (row) => row.person_id);
  return (personId, exam) => ({
    hours: exam.course_ids.map((courseId) => {
      const known = hoursOf.get(`${personId} ${courseId}`);
      return {
        courseId,
        titleZh: titles.get(courseId) ?? '',
        creditedSeconds: known?.credited ?? 0,
        requiredSeconds: known?.required ?? null,
      };
    }),
    attempts: (attempts.get(personId) ?? []).filter(({ ruleSetId }) => kindOf(ruleSetId) === kindOf(exam.rule_set_id)),
    isBookedElsewhere: (bookingsOf.get(personId) ?? []).some(
      (row) => row.exam_id !== exam.id && kindOf(row.rule_set_id) === kindOf(exam.rule_set_id),
    ),
  });
}
