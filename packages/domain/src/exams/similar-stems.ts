import type { Question } from './question.ts';

/**
 * From here on two stems are near-identical: chosen for operation. One other character in a stem of ten gives 0.64, in one of twenty 0.81;
 * two stems that share a phrase of twelve out of twenty give 0.41.
 */
export const NEAR_IDENTICAL = 0.6;

/** Letters and digits of the text in lower case, full-width ones as half-width: spaces, punctuation and blanks do not count. */
export const stemKeyOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** By what a question is compared: its stem, and for a case those of its parts as well. */
export const questionStemKey = (question: Question): string =>
  question.kind === 'case'
    ? [question, ...question.parts].map(({ stem }) => stemKeyOf(stem)).join('')
    : stemKeyOf(question.stem);

/** Pairs of neighbouring characters, each once; a key of one character is its own. Two are enough: a Chinese word has two. */
export function shinglesOf(stemKey: string): ReadonlySet<string> {
  const chars = [...stemKey];
  if (chars.length === 1) return new Set(chars);
  return new Set(chars.slice(1).map((char, index) => `${chars[index]}${char}`));
}

/** Shared shingles over all shingles (Jaccard), 0 to 1; empty keys are like nothing. */
export function stemSimilarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}

export interface StemItem {
  readonly id: string;
  readonly stemKey: string;
}
export interface SimilarPair {
  readonly a: string;
  readonly b: string;
  readonly similarity: number;
}

interface Indexed {
  readonly id: string;
  /** Its shingles as numbers, the rarest of the bank first. */
  readonly ranks: readonly number[];
}

/**
 * Every pair of near-identical stems, most alike first. Exact, without comparing all with all: two sets that are alike share one of
 * their rarest shingles, so only those that do are compared, and each comparison ends as soon as too few can be shared.
 */
export function findSimilarPairs(
  items: readonly StemItem[],
  threshold: number = NEAR_IDENTICAL,
): readonly SimilarPair[] {
  const entries = indexed(items);
  const holders = new Map<number, number[]>();
  const lastSeen = new Int32Array(entries.length).fill(-1);
  const pairs: SimilarPair[] = [];
  for (const [at, entry] of entries.entries()) {
    for (const rank of rarestOf(entry, threshold)) {
      const others = holders.get(rank);
      for (const otherAt of others ?? []) {
        const other = entries[otherAt];
        if (other === undefined || lastSeen[otherAt] === at) continue;
        lastSeen[otherAt] = at;
        if (other.ranks.length < threshold * entry.ranks.length) continue;
        const similarity = similarityIfAlike(other.ranks, entry.ranks, threshold);
        if (similarity !== null) pairs.push({ a: other.id, b: entry.id, similarity });
      }
      if (others) others.push(at);
      else holders.set(rank, [at]);
    }
  }
  return pairs.sort((one, two) => two.similarity - one.similarity || (one.a < two.a ? -1 : 1));
}

/** Walks two sets in their common order; null as soon as they cannot be alike. */
function similarityIfAlike(a: readonly number[], b: readonly number[], threshold: number): number | null {
  const size = a.length + b.length;
  // shared / (size − shared) ≥ t
  const needed = Math.ceil((threshold * size) / (1 + threshold) - ROUNDING);
  let [shared, atA, atB] = [0, 0, 0];
  while (atA < a.length && atB < b.length) {
    if (shared + Math.min(a.length - atA, b.length - atB) < needed) return null;
    const [rankA = 0, rankB = 0] = [a[atA], b[atB]];
    if (rankA === rankB) shared += 1;
    if (rankA <= rankB) atA += 1;
    if (rankB <= rankA) atB += 1;
  }
  return shared >= needed && shared > 0 ? shared / (size - shared) : null;
}

/** Items that are near-identical to one stem, most alike first. */
export function findSimilarTo(
  stemKey: string,
  items: readonly StemItem[],
  threshold: number = NEAR_IDENTICAL,
): readonly { readonly id: string; readonly similarity: number }[] {
  const shingles = shinglesOf(stemKey);
  return items
    .filter(({ stemKey: other }) => other.length >= threshold * shingles.size)
    .map(({ id, stemKey: other }) => ({ id, similarity: stemSimilarity(shingles, shinglesOf(other)) }))
    .filter(({ similarity }) => similarity >= threshold)
    .sort((one, two) => two.similarity - one.similarity);
}

/** Shortest first: then the other of a pair is never longer, and one length bound is enough. */
function indexed(items: readonly StemItem[]): readonly Indexed[] {
  const sets = items.map(({ id, stemKey }) => ({ id, shingles: shinglesOf(stemKey) }));
  const counts = new Map<string, number>();
  for (const { shingles } of sets) for (const shingle of shingles) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  const ranks = new Map([...counts].sort(([, a], [, b]) => a - b).map(([shingle], rank) => [shingle, rank]));
  return sets
    .map(({ id, shingles }) => ({
      id,
      ranks: [...shingles].map((shingle) => ranks.get(shingle) ?? 0).sort((a, b) => a - b),
    }))
    .sort((a, b) => a.ranks.length - b.ranks.length);
}

/** Sets with a similarity of at least t share ceil(t × size) shingles, so one of the first size − ceil(t × size) + 1 in a common order. */
const rarestOf = ({ ranks }: Indexed, threshold: number): readonly number[] =>
  ranks.slice(0, ranks.length - Math.ceil(threshold * ranks.length - ROUNDING) + 1);

/** A product such as 0.6 × 15 may come out a hair above the whole number that it is. */
const ROUNDING = 1e-9;
