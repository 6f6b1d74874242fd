import type { Candidate, PaperItem } from './blueprint.ts';
import { optionKeys, type OptionKey } from './question.ts';
import { type SeededRandom, shuffled } from './seeded-random.ts';

/** A question of a paper with what it is worth. */
export interface ChosenQuestion {
  readonly candidate: Candidate;
  readonly centipoints: number;
}

export interface Shuffling {
  readonly shuffleQuestions: boolean;
  readonly shuffleOptions: boolean;
}

/** Puts questions in the order of a paper: kinds together, in the order in which they are named first, as on every printed paper. */
export function arrangePaper(
  chosen: readonly ChosenQuestion[],
  { shuffleQuestions, shuffleOptions }: Shuffling,
  random: SeededRandom,
): PaperItem[] {
  const byKind = [...Map.groupBy(chosen, ({ candidate }) => candidate.kind).values()];
  return byKind
    .flatMap((own) => (shuffleQuestions ? shuffled(own, random) : own))
    .map(({ candidate, centipoints }) => ({
      questionId: candidate.questionId,
      versionId: candidate.versionId,
      centipoints,
      optionOrders: candidate.optionCounts.map((count) => orderOf(count, shuffleOptions, random)),
    }));
}

function orderOf(count: number, isShuffled: boolean, random: SeededRandom): OptionKey[] {
  const keys = optionKeys.slice(0, count);
  return isShuffled ? shuffled(keys, random) : [...keys];
}
