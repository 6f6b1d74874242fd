import { arrangePaper, type Shuffling } from './arrange-paper.ts';
import type { Candidate } from './blueprint.ts';
import type { DrawnPaper } from './draw-paper.ts';
import { seededRandom } from './seeded-random.ts';

/** A question that somebody picked for a paper; its version in force is asked. */
export interface PickedQuestion {
  readonly questionId: string;
  readonly centipoints: number;
}

/**
 * A paper of questions picked by hand, which only the seed's order tells from the next one. Refused with each question that may not
 * be asked any more: the shortage names its place in the list.
 */
export function arrangePicked(
  picked: readonly PickedQuestion[],
  shuffling: Shuffling,
  candidates: readonly Candidate[],
  seed: string,
): DrawnPaper {
  const of = new Map(candidates.map((one) => [one.questionId, one]));
  const found = picked.map(({ questionId, centipoints }) => ({ candidate: of.get(questionId), centipoints }));
  const shortages = found.flatMap(({ candidate }, line) => (candidate ? [] : [{ line, wanted: 1, available: 0 }]));
  if (shortages.length > 0) return { ok: false, shortages };
  const chosen = found.flatMap(({ candidate, centipoints }) => (candidate ? [{ candidate, centipoints }] : []));
  return { ok: true, items: arrangePaper(chosen, shuffling, seededRandom(seed)) };
}
