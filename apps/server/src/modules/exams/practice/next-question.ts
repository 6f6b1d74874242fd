import type { getPracticeQuestion, PracticeQuestion } from '@antu/contract';
import { askQuestion } from '@antu/domain';
import type { z } from 'zod';
import { loadVersions, withFileUrls } from '../bank/index.ts';
import type { OwnContext } from '../own-context.ts';
import { type OpenRow, openQuestions, openValues, standingOf, topicNameOf } from './open-questions.ts';
import { practiserOf } from './practiser.ts';
import { shownOrder } from './shown-order.ts';

type Asked = z.output<(typeof getPracticeQuestion)['query']>;
type NextAnswer = z.input<(typeof getPracticeQuestion)['answer']>;

/** How long addresses of pictures and videos are good for. */
const FILES_GOOD_MS = 3_600_000;

interface CountedRow extends OpenRow {
  readonly questions: number;
  readonly seen: number;
  readonly in_book: number;
}

const counts = `count(*) over ()::int as questions, count(answered) over ()::int as seen,
  count(in_book_since) over ()::int as in_book`;
/** Everybody meets new questions in an order of their own; then the one that was answered longest ago comes first. */
const order = `answered is not null, last_answered_at, md5(question_id::text || $2::text)`;

/** The question to practise next. Nothing is repeated until everything was seen. */
export async function nextQuestion(ctx: OwnContext, { source, topicId }: Asked): Promise<NextAnswer> {
  const who = practiserOf(ctx);
  const { rows } = await ctx.pool.query<CountedRow>(
    `${openQuestions} select *, ${counts} from open where $4::uuid is null or topic_id = $4
     order by ${source === 'book' ? `in_book_since is null, ${order}` : order} limit 1`,
    [...openValues(who), topicId ?? null],
  );
  const [row] = rows;
  if (!row) return { question: null, questions: 0, seen: 0, inBook: 0 };
  const { questions, seen, in_book: inBook } = row;
  const question = source === 'book' && inBook === 0 ? null : await present(ctx, who.personId, row);
  return { question, questions, seen, inBook };
}

async function present(ctx: OwnContext, personId: string, row: OpenRow): Promise<PracticeQuestion> {
  const { version_id: versionId, question_id: questionId } = row;
  const version = (await loadVersions(ctx.pool, [versionId])).get(versionId);
  if (!version) throw new RangeError(`no question version ${versionId}`);
  const { answered: turn, rightsInARow, inBook } = standingOf(row);
  const asked = askQuestion(version.question, shownOrder(version.question, { personId, versionId, turn }));
  const files = { accountId: ctx.actor.accountId, untilMs: ctx.nowMs() + FILES_GOOD_MS };
  return {
    questionId,
    versionId,
    turn,
    topic: topicNameOf(row),
    inBook,
    rightsInARow,
    question: withFileUrls(ctx.platform.keys, asked, files),
  };
}
