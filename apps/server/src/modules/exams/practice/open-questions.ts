import { bucketOf, NEVER_PRACTISED, type PracticeStanding } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';

/** Who practises, on which China day (YYYY-MM-DD). */
export interface Practiser {
  readonly personId: string;
  readonly day: string;
}

/** First three values of every statement that begins with `openQuestions`. */
export const openValues = ({ personId, day }: Practiser): readonly unknown[] => [bucketOf(personId), personId, day];

/**
 * Table `open`: questions of the topics of courses that the person owes, from banks of the bodies that teach these courses and have
 * opened them for practice; with how the person stands with each.
 */
export const openQuestions = `
  with owed as (
    select distinct c.organisation_id, c.syllabus_id from training_assignment a join course c on c.id = a.course_id
    where a.bucket = $1 and a.person_id = $2
  ), open as (
    select q.id as question_id, v.id as version_id, v.kind, v.topic_id, t.title_zh as topic_zh, t.title_en as topic_en,
      t.syllabus_id, t.position, p.answered, p.right_count, p.rights_in_a_row, p.in_book_since, p.last_answered_at
    from owed
      join question_bank b on b.organisation_id = owed.organisation_id and b.open_for_practice
      join question q on q.bank_id = b.id and q.retired_at is null
      join question_version v on v.id = q.active_version_id and v.state = 'approved'
        and v.valid_from <= $3::date and (v.valid_until is null or v.valid_until >= $3::date)
      join syllabus_topic t on t.id = v.topic_id and t.syllabus_id = owed.syllabus_id
      left join practice_question p on p.bucket = $1 and p.person_id = $2 and p.question_id = q.id
  )`;

/** A row of `open`. */
export interface OpenRow {
  readonly question_id: string;
  readonly version_id: string;
  readonly topic_id: string;
  readonly topic_zh: string;
  readonly topic_en: string;
  /** Null like the next ones where the person has not answered it. */
  readonly answered: number | null;
  readonly right_count: number | null;
  readonly rights_in_a_row: number | null;
  readonly in_book_since: Date | null;
}

/** How the person stands with the question of a row. */
export function standingOf({ answered, right_count, rights_in_a_row, in_book_since }: OpenRow): PracticeStanding {
  if (answered === null) return NEVER_PRACTISED;
  return {
    answered,
    right: right_count ?? 0,
    rightsInARow: rights_in_a_row ?? 0,
    inBook: in_book_since !== null,
  };
}

export const topicNameOf = ({ topic_id, topic_zh, topic_en }: OpenRow) => ({
  id: topic_id,
  titleZh: topic_zh,
  titleEn: topic_en,
});

/** The question whose present version this is, if it is open to the person. */
export async function findOpenQuestion(db: Queryable, who: Practiser, versionId: string): Promise<OpenRow | undefined> {
  const { rows } = await db.query<OpenRow>(`${openQuestions} select * from open where version_id = $4`, [
    ...openValues(who),
    versionId,
  ]);
  return rows[0];
}
