import { movableOptionCounts, type OptionKey, optionKeys, type Question, seededRandom, shuffled } from '@antu/domain';

/**
 * In which order a person sees the options of a question at a turn: another at every turn, so that nobody learns letters by heart, and
 * the same whenever it is asked for again.
 */
export function shownOrder(
  question: Question,
  { personId, versionId, turn }: { personId: string; versionId: string; turn: number },
): readonly (readonly OptionKey[])[] {
  const random = seededRandom(`${personId} ${versionId} ${turn}`);
  return movableOptionCounts(question).map((count) => shuffled(optionKeys.slice(0, count), random));
}
