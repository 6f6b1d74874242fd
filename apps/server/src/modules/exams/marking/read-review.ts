import type { SittingResult } from '@antu/contract';
import { askQuestion, rightAsShown } from '@antu/domain';
import type { RouteContext } from '../../../platform/http/route.ts';
import type { Queryable } from '../../../platform/database/pool.ts';
import { type LoadedVersion, withFileUrls } from '../bank/index.ts';
import { versionsOf } from '../sittings/freeze-paper.ts';
import { readAnswers } from '../sittings/read-answers.ts';
import { readItems } from './mark-paper.ts';

/** A sitting question by question: what was asked, given, right and earned. */
export interface SittingReview {
  readonly topics: SittingResult['topics'];
  readonly items: NonNullable<SittingResult['items']>;
}

/** Pictures of a review that lies open can be loaded for this long. */
const FILES_SHOWN_MS = 3_600_000;

/** Reads a sitting that was marked. @param earned hundredths by item, of the result that is shown */
export async function readReview(
  { pool, platform, actor, nowMs }: Pick<RouteContext<'signed-in'>, 'pool' | 'platform' | 'actor' | 'nowMs'>,
  sittingId: string,
  earned: readonly number[],
): Promise<SittingReview> {
  const items = await readItems(pool, sittingId);
  const [versions, answers] = await Promise.all([versionsOf(pool, items), readAnswers(pool, sittingId)]);
  const until = { accountId: actor.accountId, untilMs: nowMs() + FILES_SHOWN_MS };
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
      question: withFileUrls(platform.keys, askQuestion(one.question, one.optionOrders), until),
      given: toShown(one.given ?? null),
      right: toShown(rightAsShown(one.question, one.optionOrders)),
      explanation: one.facts.explanation,
      clause: one.facts.clause,
    })),
  };
}

type ShownAnswer = SittingReview['items'][number]['given'];
/** Answers are read-only lists here and plain ones in the contract. */
const toShown = (answer: unknown): ShownAnswer => answer as ShownAnswer;

async function topicTitles(db: Queryable, ids: readonly string[]) {
  const { rows } = await db.query<{ id: string; title_zh: string; title_en: string }>(
    'select id, title_zh, title_en from syllabus_topic where id = any($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
