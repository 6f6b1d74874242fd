import { arrangePaper } from './arrange-paper.ts';
import type { Blueprint, BlueprintLine, Candidate, PaperItem, Shortage } from './blueprint.ts';
import { matchLines } from './match-lines.ts';
import { type SeededRandom, seededRandom, shuffled } from './seeded-random.ts';

export type DrawnPaper =
  | { readonly ok: true; readonly items: readonly PaperItem[] }
  | { readonly ok: false; readonly shortages: readonly Shortage[] };

/** Draws the paper of a seed. */
export type PaperDrawer = (seed: string) => DrawnPaper;

/**
 * Draws a paper: exactly what the blueprint wants, no question twice, at most one of each exclusion group. The same seed draws the
 * same paper, in whatever order the candidates come.
 *
 * Lines may overlap (any topic, any difficulty). Which question serves which line is a matching of lines with groups, found by
 * augmenting paths: if there is a way to fill all lines, it is found; if not, the lines get as many questions as possible together,
 * earlier lines first, and the shortages add up to what is missing at least. A question is in one group only, which is why this
 * is exact: a group, whichever of its questions is asked, serves one line once.
 */
export const drawPaper = (blueprint: Blueprint, candidates: readonly Candidate[], seed: string): DrawnPaper =>
  preparePapers(blueprint, candidates)(seed);

/** `drawPaper` for many seeds: what does not depend on the seed is done once. */
export function preparePapers(blueprint: Blueprint, candidates: readonly Candidate[]): PaperDrawer {
  const { lines } = blueprint;
  const pool = groupsOf(candidates.toSorted(byVersion)).map((group) => ({
    group,
    lines: lines.flatMap((line, at) => (group.some((one) => fits(line, one)) ? [at] : [])),
  }));
  return (seed) => {
    const random = seededRandom(seed);
    const order = shuffled(pool, random);
    const choices: number[][] = lines.map(() => []);
    for (const [at, one] of order.entries()) for (const line of one.lines) choices[line]?.push(at);
    const served = matchLines(
      lines.map(({ count }) => count),
      choices,
      order.length,
    );
    const shortages = lines.flatMap(({ count }, line) => {
      const available = served[line]?.length ?? 0;
      return available < count ? [{ line, wanted: count, available }] : [];
    });
    if (shortages.length > 0) return { ok: false, shortages };
    const chosen = lines.flatMap((line, at) =>
      (served[at] ?? []).map((place) => ({
        centipoints: line.centipoints,
        candidate: oneOf(order[place]?.group ?? [], line, random),
      })),
    );
    return { ok: true, items: arrangePaper(chosen, blueprint, random) };
  };
}

type Group = readonly Candidate[];

/** Whether a question may serve a line. */
export const fits = (line: BlueprintLine, one: Candidate): boolean =>
  one.kind === line.kind &&
  (line.topicId === null || line.topicId === one.topicId) &&
  (line.difficulty === null || line.difficulty === one.difficulty);

const byVersion = (a: Candidate, b: Candidate): number =>
  a.versionId < b.versionId ? -1 : a.versionId > b.versionId ? 1 : 0;

/** Questions that exclude one another, in the order of the candidates; a question without a group is one alone. */
export const groupsOf = (candidates: readonly Candidate[]): Group[] => [
  ...Map.groupBy(candidates, (one) =>
    one.exclusionGroup === null ? `q:${one.questionId}` : `g:${one.exclusionGroup}`,
  ).values(),
];

function oneOf(group: Group, line: BlueprintLine, random: SeededRandom): Candidate {
  const [candidate] = shuffled(
    group.filter((one) => fits(line, one)),
    random,
  );
  // A group is matched with a line only because of a question that fits.
  if (!candidate) throw new RangeError('a group without a question for its line');
  return candidate;
}
