import type { SittingResult } from '@antu/contract';
import { askQuestion, bucketOf, examLimitsOf, getExamRuleSet, type PaperItem, rightAsShown } from '@antu/domain';
import { AppError } from '../../../platform/errors.ts';
import type { LoadedVersion } from '../bank/index.ts';
import { type OwnContext, requireOwnPerson } from '../own-context.ts';
import { versionsOf } from '../sittings/freeze-paper.ts';
import { readAnswers } from '../sittings/read-answers.ts';
import { findOwnSitting, type SittingRow } from '../sittings/sitting-rows.ts';

interface ResultRow {
  version: number;
  centipoints: number;
  total_centipoints: number;
  passed: boolean;
  earned: string;
  decided_at: Date;
}

/** What a sitting of one's own earned; questions and answers as far as the rules show them, and never before it was marked. */
export async function getOwnResult(ctx: OwnContext, sittingId: string): Promise<SittingResult> {
  const row = await findOwnSitting(ctx.pool, requireOwnPerson(ctx.actor), sittingId);
  if (!row) throw new AppError('exams.sitting_not_found');
  const limits = examLimitsOf(getExamRuleSet(row.rule_set_id));
  const { rows } = await ctx.pool.query<ResultRow>(
    `select version, centipoints, total_centipoints, passed, earned, decided_at from exam_result
     where bucket = $1 and sitting_id = $2 order by version desc limit 1`,
    [bucketOf(sittingId), sittingId],
  );
  const result = row.state === 'marked' ? rows[0] : undefined;
  const shown = result ? await readReview(ctx, row, result) : { topics: [], items: null };
  return {
    sittingId,
    kind: row.kind,
    titleZh: row.title_zh,
    state: row.state === 'voided' ? 'voided' : result ? 'marked' : 'waiting',
    points: result ? result.centipoints / 100 : null,
    totalPoints: limits.totalPoints,
    passPoints: limits.passPoints,
    passed: result?.passed ?? null,
    version: result?.version ?? 0,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    voidReason: row.void_reason,
    topics: shown.topics,
    items: row.kind === 'mock' || limits.itemReview === 'all' ? shown.items : null,
    appealUntil: null,
    resit: null,
    certificateUrl: null,
  };
}

type Review = Pick<SittingResult, 'topics' | 'items'>;

async function readReview({ pool }: OwnContext, row: SittingRow, result: ResultRow): Promise<Review> {
  const paper = await pool.query<{ items: string }>(
    'select items from exam_paper where bucket = $1 and sitting_id = $2',
    [bucketOf(row.id), row.id],
  );
  const items = JSON.parse(paper.rows[0]?.items ?? '[]') as PaperItem[];
  const earned = JSON.parse(result.earned) as number[];
  const [versions, answers] = await Promise.all([versionsOf(pool, items), readAnswers(pool, row.id)]);
  const told = items.map(({ versionId, centipoints, optionOrders }, item) => {
    const { question, facts } = versions.get(versionId) as LoadedVersion;
    return {
      item,
      centipoints,
      optionOrders,
      question,
      facts,
      earned: earned[item] ?? 0,
      given: answers.get(item)?.answer,
    };
  });
  const titles = await topicTitles(pool, [...new Set(told.map(({ facts }) => facts.topicId))]);
  const topics = [...Map.groupBy(told, ({ facts }) => facts.topicId)].map(([topicId, own]) => ({
    topicId,
    titleZh: titles.get(topicId)?.title_zh ?? '',
    titleEn: titles.get(topicId)?.title_en ?? '',
    earned: own.reduce((sum, one) => sum + one.earned, 0) / 100,
    points: own.reduce((sum, one) => sum + one.centipoints, 0) / 100,
  }));
  return {
    topics,
    items: told.map((one) => ({
      item: one.item,
      points: one.centipoints / 100,
      earned: one.earned / 100,
      question: askQuestion(one.question, one.optionOrders),
      given: toShown(one.given ?? null),
      right: toShown(rightAsShown(one.question, one.optionOrders)),
      explanation: one.facts.explanation,
      clause: one.facts.clause,
    })),
  };
}

type ShownAnswer = NonNullable<SittingResult['items']>[number]['given'];
/** Answers are read-only lists here and plain ones in the contract. */
const toShown = (answer: unknown): ShownAnswer => answer as ShownAnswer;

async function topicTitles(pool: OwnContext['pool'], ids: readonly string[]) {
  const { rows } = await pool.query<{ id: string; title_zh: string; title_en: string }>(
    'select id, title_zh, title_en from syllabus_topic where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
