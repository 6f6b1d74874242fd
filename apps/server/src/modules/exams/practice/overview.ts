import type { PracticeOverview } from '@antu/contract';
import { findPracticeLimits, type SchemeCode, topicKnowledge } from '@antu/domain';
import type { OwnContext } from '../own-context.ts';
import { openQuestions, openValues } from './open-questions.ts';
import { practiserOf } from './practiser.ts';

interface TopicRow {
  readonly topic_id: string;
  readonly topic_zh: string;
  readonly topic_en: string;
  readonly scheme: SchemeCode;
  readonly syllabus_zh: string;
  readonly syllabus_en: string;
  readonly questions: number;
  readonly seen: number;
  readonly in_book: number;
  readonly last_answered_at: Date | null;
  readonly latest: boolean[] | null;
}

/** What the learner may practise, and how well they know it. */
export async function readPractice(ctx: OwnContext): Promise<PracticeOverview> {
  const who = practiserOf(ctx);
  const limits = findPracticeLimits(who.day);
  const { rows } = await ctx.pool.query<TopicRow>(
    `${openQuestions} select open.*, s.scheme, s.title_zh as syllabus_zh, s.title_en as syllabus_en, k.latest from (
       select topic_id, topic_zh, topic_en, syllabus_id, position, count(*)::int as questions, count(answered)::int as seen,
         count(in_book_since)::int as in_book, max(last_answered_at) as last_answered_at
       from open group by topic_id, topic_zh, topic_en, syllabus_id, position
     ) open join syllabus s on s.id = open.syllabus_id
       left join practice_topic k on k.bucket = $1 and k.person_id = $2 and k.topic_id = open.topic_id
     order by s.title_zh, s.id, open.position`,
    [...openValues(who)],
  );
  const last = rows.reduce<TopicRow | null>(
    (newest, row) =>
      (row.last_answered_at?.getTime() ?? 0) > (newest?.last_answered_at?.getTime() ?? 0) ? row : newest,
    null,
  );
  return {
    topics: rows.map((row) => ({
      id: row.topic_id,
      titleZh: row.topic_zh,
      titleEn: row.topic_en,
      scheme: row.scheme,
      syllabusZh: row.syllabus_zh,
      syllabusEn: row.syllabus_en,
      questions: row.questions,
      seen: row.seen,
      inBook: row.in_book,
      ...topicKnowledge(row.latest ?? [], limits),
    })),
    inBook: rows.reduce((sum, row) => sum + row.in_book, 0),
    lastTopicId: last?.topic_id ?? null,
    rules: {
      rightsToLeaveBook: limits.rightsToLeaveBook,
      latestAnswers: limits.latestAnswers,
      weakBelowPercent: limits.weakBelowPercent,
    },
  };
}
