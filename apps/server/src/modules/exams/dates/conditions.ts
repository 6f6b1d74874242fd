import type { ExamCondition } from '@antu/contract';
import { bucketOf, chinaDateOf, examLimitsOf, getExamRuleSet } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { bookingUntilMs, courseTitles, type ExamRow } from './exam-rows.ts';

const DAY_MS = 86_400_000;

interface Attempt {
  readonly passed: boolean;
  readonly decidedAtMs: number;
}
interface CourseHours {
  readonly courseId: string;
  readonly credited: number;
  readonly required: number | null;
}

/** What is known of a person that decides whether they may book. */
export interface CandidateFacts {
  readonly hours: readonly CourseHours[];
  readonly attempts: readonly Attempt[];
  /** Booked in another date of the same exam that is not over. */
  readonly isBookedElsewhere: boolean;
}

/** Everything that has to be true before somebody may book; the unmet ones say what to do. */
export function conditionsOf(
  exam: ExamRow,
  facts: CandidateFacts,
  titles: ReadonlyMap<string, string>,
  nowMs: number,
): ExamCondition[] {
  const { mostAttempts, resitWaitDays } = examLimitsOf(getExamRuleSet(exam.rule_set_id));
  const latest = Math.max(...facts.attempts.map(({ decidedAtMs }) => decidedAtMs), Number.NEGATIVE_INFINITY);
  const mayAgainFrom = chinaDateOf(Number.isFinite(latest) ? latest + resitWaitDays * DAY_MS : 0);
  const leftMinutes = ({ credited, required }: CourseHours): number => Math.ceil(((required ?? 0) - credited) / 60);
  return [
    ...facts.hours.map(
      (one): ExamCondition => ({
        code: 'hours',
        met: one.required !== null && one.credited >= one.required,
        zh:
          one.required === null
            ? `《${titles.get(one.courseId) ?? ''}》没有安排给您`
            : `《${titles.get(one.courseId) ?? ''}》学完${one.credited >= one.required ? '' : `，还差 ${leftMinutes(one)} 分钟`}`,
        en:
          one.required === null
            ? 'The course is not assigned to you'
            : `Finish the course${one.credited >= one.required ? '' : `: ${leftMinutes(one)} minutes are left`}`,
        to: one.required === null ? null : `/courses/${one.courseId}`,
      }),
    ),
    condition(
      'passed-already',
      !facts.attempts.some(({ passed }) => passed),
      '这项考试还没有通过',
      'This exam was not passed yet',
    ),
    ...(mostAttempts === null
      ? []
      : [
          condition(
            'attempts',
            facts.attempts.length < mostAttempts,
            `最多参加 ${mostAttempts} 次，已参加 ${facts.attempts.length} 次`,
            `At most ${mostAttempts} attempts; ${facts.attempts.length} made`,
          ),
        ]),
    ...(resitWaitDays === 0 || facts.attempts.length === 0
      ? []
      : [
          condition(
            'waiting',
            chinaDateOf(exam.opens_at.getTime()) >= mayAgainFrom,
            `${mayAgainFrom} 起可以补考`,
            `The next attempt is possible from ${mayAgainFrom}`,
          ),
        ]),
    condition(
      'booked-elsewhere',
      !facts.isBookedElsewhere,
      '没有报名同一考试的其他场次',
      'No other date of this exam is booked',
    ),
    condition('capacity', exam.booked < exam.capacity, '还有名额', 'There are places left'),
    condition(
      'booking-closed',
      nowMs < bookingUntilMs(exam) && exam.state === 'planned',
      '报名没有截止',
      'Booking is open',
    ),
  ];
}

const condition = (code: ExamCondition['code'], met: boolean, zh: string, en: string): ExamCondition => ({
  code,
  met,
  zh,
  en,
  to: null,
});

/** Reads what decides, for one person and some exams. */
export async function readFacts(
  db: Queryable,
  personId: string,
  exams: readonly ExamRow[],
): Promise<{ factsOf(exam: ExamRow): CandidateFacts; titles: Map<string, string> }> {
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
    db.query<{ rule_set_id: string; passed: boolean; decided_at: Date }>(
      `select distinct on (r.sitting_id) r.rule_set_id, r.passed, r.decided_at from exam_result r
         join exam_sitting s on s.bucket = r.bucket and s.id = r.sitting_id and s.kind = 'formal'
       where r.bucket = $1 and r.person_id = $2 order by r.sitting_id, r.version desc`,
      [bucket, personId],
    ),
    db.query<{ exam_id: string; rule_set_id: string }>(
      `select b.exam_id, e.rule_set_id from exam_booking b join exam e on e.id = b.exam_id
       where b.bucket = $1 and b.person_id = $2 and b.state = 'booked' and e.state in ('planned', 'frozen', 'open')`,
      [bucket, personId],
    ),
    courseTitles(db, courseIds),
  ]);
  const byCourse = new Map(hours.rows.map((row) => [row.course_id, row]));
  const kindOf = (ruleSetId: string): string => getExamRuleSet(ruleSetId).exam;
  return {
    titles,
    factsOf: (exam) => ({
      hours: exam.course_ids.map((courseId) => ({
        courseId,
        credited: byCourse.get(courseId)?.credited ?? 0,
        required: byCourse.get(courseId)?.required ?? null,
      })),
      attempts: attempts.rows
        .filter((row) => kindOf(row.rule_set_id) === kindOf(exam.rule_set_id))
        .map((row) => ({ passed: row.passed, decidedAtMs: row.decided_at.getTime() })),
      isBookedElsewhere: bookings.rows.some(
        (row) => row.exam_id !== exam.id && kindOf(row.rule_set_id) === kindOf(exam.rule_set_id),
      ),
    }),
  };
}
