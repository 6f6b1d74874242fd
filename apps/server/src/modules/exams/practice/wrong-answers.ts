import type { WrongAnswerBook } from '@antu/contract';
import { findPracticeLimits, type QuestionKind } from '@antu/domain';
import { loadVersions } from '../bank/index.ts';
import type { OwnContext } from '../own-context.ts';
import { type OpenRow, openQuestions, openValues, standingOf, topicNameOf } from './open-questions.ts';
import { practiserOf } from './practiser.ts';

const MOST_SHOWN = 200;

interface BookRow extends OpenRow {
  readonly kind: QuestionKind;
  readonly in_book_since: Date;
  readonly total: number;
}

/** The learner's wrong-answer book: stems, not what is right, which the next answer shows. */
export async function readWrongAnswers(ctx: OwnContext): Promise<WrongAnswerBook> {
  const who = practiserOf(ctx);
  const { rightsToLeaveBook } = findPracticeLimits(who.day);
  const { rows } = await ctx.pool.query<BookRow>(
    `${openQuestions} select *, count(*) over ()::int as total from open where in_book_since is not null
     order by in_book_since desc, question_id limit ${MOST_SHOWN}`,
    [...openValues(who)],
  );
  const versions = await loadVersions(
    ctx.pool,
    rows.map(({ version_id }) => version_id),
  );
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map((row) => {
      const { answered, right, rightsInARow } = standingOf(row);
      return {
        questionId: row.question_id,
        kind: row.kind,
        stem: versions.get(row.version_id)?.question.stem ?? '',
        topic: topicNameOf(row),
        since: row.in_book_since.toISOString(),
        answered,
        wrong: answered - right,
        rightsNeeded: rightsToLeaveBook - rightsInARow,
      };
    }),
  };
}
