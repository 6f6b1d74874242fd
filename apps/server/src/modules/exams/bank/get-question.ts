import type { QuestionDetail } from '@antu/contract';
import { choiceCounts, type SchemeCode } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import { findDisplayNames } from '../../people/index.ts';
import { requireOrganisation } from './banks.ts';
import { type BankContext, rowsOf } from './context.ts';
import { mayDo } from './manage-banks.ts';
import { NO_STATISTICS, readStatistics, type VersionStatistics } from './read-statistics.ts';
import { findSimilar } from './similar-questions.ts';
import { factsOf, questionOf, type VersionRow, versionColumns, versionTables } from './version-rows.ts';

interface QuestionRow {
  readonly id: string;
  readonly bank_id: string;
  readonly bank_title_zh: string;
  readonly organisation_id: string;
  readonly scheme: SchemeCode;
  readonly retired_at: Date | null;
  readonly retired_because: string | null;
}

interface ReviewRow {
  readonly question_version_id: string;
  readonly decision: 'approved' | 'refused';
  readonly comment: string;
  readonly reviewer_id: string;
  readonly at: Date;
}

/** A question with all its versions, reviews and statistics, and what resembles it. */
export async function getQuestionDetail(ctx: BankContext, questionId: string): Promise<QuestionDetail> {
  const { pool, actor } = ctx;
  const [question] = await rowsOf<QuestionRow>(
    pool,
    `select q.id, q.bank_id, b.title_zh as bank_title_zh, b.organisation_id, b.scheme, q.retired_at, q.retired_because
     from question q join question_bank b on b.id = q.bank_id where q.id = $1`,
    [questionId],
  );
  if (!question) throw new AppError('questions.not_found', { questionId });
  requireOrganisation(actor, 'questions.read', question.organisation_id);
  const versions = await rowsOf<VersionRow>(
    pool,
    `select ${versionColumns} from ${versionTables} where v.question_id = $1 order by v.state = 'dropped', v.number desc`,
    [questionId],
  );
  const [newest] = versions;
  if (!newest) throw new AppError('questions.not_found', { questionId });
  const similar =
    question.retired_at === null ? await findSimilar(pool, question.bank_id, questionOf(newest), questionId) : [];
  return {
    id: question.id,
    bank: { id: question.bank_id, titleZh: question.bank_title_zh, scheme: question.scheme },
    retiredAt: question.retired_at?.toISOString() ?? null,
    retiredBecause: question.retired_because,
    versions: await presentVersions(ctx, versions),
    ownWork: newest.authors.includes(actor.accountId),
    ...mayDo(actor, question.organisation_id),
    similar,
  };
}

async function presentVersions(
  { platform, pool }: BankContext,
  versions: readonly VersionRow[],
): Promise<QuestionDetail['versions']> {
  const ids = versions.map(({ id }) => id);
  const reviews = await rowsOf<ReviewRow>(
    pool,
    `select question_version_id, decision, comment, reviewer_id, at from question_review
     where question_version_id = any($1::uuid[]) order by at, revision`,
    [ids],
  );
  const [statistics, names] = await Promise.all([
    readStatistics(pool, ids),
    findDisplayNames(platform, pool, [
      ...new Set([...reviews.map(({ reviewer_id: id }) => id), ...versions.map(({ created_by: id }) => id)]),
    ]),
  ]);
  return versions.map((row) => ({
    id: row.id,
    number: row.number,
    revision: row.revision,
    state: row.state,
    author: names.get(row.created_by) ?? '',
    createdAt: row.created_at.toISOString(),
    question: questionOf(row),
    facts: presentFacts(row),
    reviews: reviews
      .filter(({ question_version_id: id }) => id === row.id)
      .map(({ decision, comment, reviewer_id, at }) => ({
        decision,
        comment,
        reviewer: names.get(reviewer_id) ?? '',
        at: at.toISOString(),
      })),
    statistics: presentStatistics(row, statistics.get(row.id) ?? NO_STATISTICS),
  }));
}

function presentFacts(row: VersionRow): QuestionDetail['versions'][number]['facts'] {
  const { scheme: _, posts, ...facts } = factsOf(row);
  return { ...facts, posts: [...posts] };
}

const presentStatistics = (
  row: VersionRow,
  { all, bySource, choices }: VersionStatistics,
): QuestionDetail['versions'][number]['statistics'] => ({
  all,
  bySource: [...bySource],
  choices: [...choiceCounts(questionOf(row), choices)],
});
