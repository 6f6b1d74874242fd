import type { Blueprint, BlueprintLine, Candidate, PaperItem, Shortage } from './blueprint.ts';
import { optionKeys, type OptionKey } from './question.ts';
import { type SeededRandom, seededRandom, shuffled } from './seeded-random.ts';

export type DrawnPaper =
  | { readonly ok: true; readonly items: readonly PaperItem[] }
  | { readonly ok: false; readonly shortages: readonly Shortage[] };

/**
 * Draws a paper: exactly what the blueprint wants, no question twice, at most one of each exclusion group. The same seed draws the
 * same paper, in whatever order the candidates come.
 *
 * Lines may overlap (any topic, any difficulty). Which question serves which line is a matching of lines with groups, found by
 * augmenting paths: if there is a way to fill all lines, it is found; if not, the lines get as many questions as possible together,
 * earlier lines first, and the shortages add up to what is missing at least.
 */
export function drawPaper(blueprint: Blueprint, candidates: readonly Candidate[], seed: string): DrawnPaper {
  const random = seededRandom(seed);
  const ordered = candidates.toSorted((a, b) => (a.versionId < b.versionId ? -1 : a.versionId > b.versionId ? 1 : 0));
  const groups = groupsOf(shuffled(ordered, random));
  const { lines } = blueprint;
  const served = matchLines(lines, groups);
  const shortages = lines.flatMap((line, at) => {
    const available = served[at]?.length ?? 0;
    return available < line.count ? [{ line: at, wanted: line.count, available }] : [];
  });
  if (shortages.length > 0) return { ok: false, shortages };
  const drawn = lines.flatMap((line, at) =>
    (served[at] ?? []).map((group) => {
      const candidate = group.find((one) => fits(line, one));
      // A group is matched with a line only because of a question that fits.
      if (!candidate) throw new RangeError('a group without a question for its line');
      return { line, candidate };
    }),
  );
  const items = arrange(blueprint, drawn, random).map(({ line, candidate }) => ({
    questionId: candidate.questionId,
    versionId: candidate.versionId,
    centipoints: line.centipoints,
    optionOrders: candidate.optionCounts.map((count) => orderOf(count, blueprint.shuffleOptions, random)),
  }));
  return { ok: true, items };
}

type Group = readonly Candidate[];
interface Drawn {
  readonly line: BlueprintLine;
  readonly candidate: Candidate;
}

/** Whether a question may serve a line. */
export const fits = (line: BlueprintLine, one: Candidate): boolean =>
  one.kind === line.kind &&
  (line.topicId === null || line.topicId === one.topicId) &&
  (line.difficulty === null || line.difficulty === one.difficulty);

/** Questions that exclude one another, in the order of the candidates; a question without a group is one alone. */
function groupsOf(candidates: readonly Candidate[]): Group[] {
  return [
    ...Map.groupBy(candidates, (one) =>
      one.exclusionGroup === null ? `q:${one.questionId}` : `g:${one.exclusionGroup}`,
    ).values(),
  ];
}

/** For each line its groups, as many as can be had for all lines together. */
function matchLines(lines: readonly BlueprintLine[], groups: readonly Group[]): Group[][] {
  const choices = lines.map((line) =>
    groups.flatMap((group, at) => (group.some((one) => fits(line, one)) ? [at] : [])),
  );
  const lineOf: (number | undefined)[] = groups.map(() => undefined);
  /** Gives the line one more group; whoever has it takes another. */
  const serve = (line: number, tried: Set<number>): boolean => {
    const own = choices[line] ?? [];
    const free = own.find((at) => lineOf[at] === undefined && !tried.has(at));
    if (free !== undefined) {
      lineOf[free] = line;
      return true;
    }
    for (const at of own) {
      const holder = lineOf[at];
      if (holder === undefined || holder === line || tried.has(at)) continue;
      tried.add(at);
      if (serve(holder, tried)) {
        lineOf[at] = line;
        return true;
      }
    }
    return false;
  };
  for (const [line, { count }] of lines.entries()) {
    for (let n = 0; n < count; n += 1) if (!serve(line, new Set())) break;
  }
  return lines.map((_, line) => groups.filter((_group, at) => lineOf[at] === line));
}

/** Kinds stand together, in the order in which the blueprint names them first. */
function arrange({ lines, shuffleQuestions }: Blueprint, drawn: readonly Drawn[], random: SeededRandom): Drawn[] {
  const kinds = [...new Set(lines.map((line) => line.kind))];
  return kinds.flatMap((kind) => {
    const own = drawn.filter(({ line }) => line.kind === kind);
    return shuffleQuestions ? shuffled(own, random) : own;
  });
}

function orderOf(count: number, isShuffled: boolean, random: SeededRandom): OptionKey[] {
  const keys = optionKeys.slice(0, count);
  return isShuffled ? shuffled(keys, random) : [...keys];
}
