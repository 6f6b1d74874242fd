import {
  type DrawnPaper,
  drawPaper,
  movableOptionCounts,
  optionKeys,
  type PaperItem,
  seededRandom,
  shuffled,
} from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { type Candidate, candidatesOf } from './plan-candidates.ts';
import { loadVersions } from '../bank/index.ts';
import type { ExamPlan } from './plan-rows.ts';

/**
 * Draws a paper of a plan; the same seed draws the same paper as long as the bank is the same.
 * @param day China day on which the questions must be valid
 */
export async function drawFromPlan(db: Queryable, plan: ExamPlan, seed: string, day: string): Promise<DrawnPaper> {
  return (await paperDrawer(db, plan, day))(seed);
}

/** Reads the bank once and draws any number of papers from it. */
export async function paperDrawer(db: Queryable, plan: ExamPlan, day: string): Promise<(seed: string) => DrawnPaper> {
  const { picked, lines, shuffleQuestions, shuffleOptions } = plan;
  if (picked) return pickedDrawer(db, plan);
  const candidates: readonly Candidate[] = await candidatesOf(db, plan, day);
  return (seed) => drawPaper({ lines: lines ?? [], shuffleQuestions, shuffleOptions }, candidates, seed);
}

async function pickedDrawer(
  db: Queryable,
  { picked, shuffleQuestions, shuffleOptions }: ExamPlan,
): Promise<(seed: string) => DrawnPaper> {
  const chosen = picked ?? [];
  const versions = await loadVersions(
    db,
    chosen.map(({ versionId }) => versionId),
  );
  const found = chosen.flatMap(({ versionId, centipoints }) => {
    const version = versions.get(versionId);
    return version ? [{ versionId, centipoints, version }] : [];
  });
  if (found.length < chosen.length) {
    const shortages = [{ line: 0, wanted: chosen.length, available: found.length }];
    return () => ({ ok: false, shortages });
  }
  return (seed) => {
    const random = seededRandom(seed);
    const items: PaperItem[] = found.map(({ versionId, centipoints, version }) => ({
      questionId: version.questionId,
      versionId,
      centipoints,
      optionOrders: movableOptionCounts(version.question).map((count) => {
        const keys = optionKeys.slice(0, count);
        return shuffleOptions ? shuffled(keys, random) : keys;
      }),
    }));
    return { ok: true, items: shuffleQuestions ? shuffled(items, random) : items };
  };
}
