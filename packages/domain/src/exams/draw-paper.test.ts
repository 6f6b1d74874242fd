import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Blueprint, BlueprintLine, Candidate } from './blueprint.ts';
import { drawPaper, fits } from './draw-paper.ts';
import { anyCandidates, anyLines } from './testing/random-questions.ts';

const candidate = (n: number, over: Partial<Candidate> = {}): Candidate => ({
  questionId: `q${n}`,
  versionId: `v${n}`,
  topicId: 't1',
  kind: 'single',
  difficulty: 1,
  exclusionGroup: null,
  optionCounts: [4],
  ...over,
});
const line = (over: Partial<BlueprintLine> = {}): BlueprintLine => ({
  topicId: 't1',
  kind: 'single',
  difficulty: null,
  count: 1,
  centipoints: 100,
  ...over,
});
const plan = (...lines: BlueprintLine[]): Blueprint => ({ lines, shuffleQuestions: true, shuffleOptions: true });

/** Few enough for trying every way. */
const anyFewLines = anyLines.filter((lines) => lines.reduce((sum, one) => sum + one.count, 0) <= 7);

/** The most questions that all lines together can get, by trying every way: for small numbers only. */
function mostByTrying(lines: readonly BlueprintLine[], candidates: readonly Candidate[]): number {
  const wanted = lines.flatMap((one) => Array.from({ length: one.count }, () => one));
  const groupOf = (one: Candidate): string => one.exclusionGroup ?? one.questionId;
  const most = (at: number, taken: ReadonlySet<string>): number => {
    const slot = wanted[at];
    if (!slot) return 0;
    let best = most(at + 1, taken);
    for (const one of candidates) {
      if (best === wanted.length - at) break;
      if (taken.has(groupOf(one)) || !fits(slot, one)) continue;
      best = Math.max(best, 1 + most(at + 1, new Set([...taken, groupOf(one)])));
    }
    return best;
  };
  return most(0, new Set());
}

describe('Drawing a paper', () => {
  it('leaves the only question of a narrow line to it, although a wide line comes first', () => {
    const drawn = drawPaper(
      plan(line({ topicId: null, count: 2 }), line({ difficulty: 3 })),
      [candidate(1), candidate(2), candidate(3, { difficulty: 3 })],
      'seed',
    );
    expect(drawn).toMatchObject({ ok: true, items: expect.objectContaining({ length: 3 }) });
  });

  it.each([
    ['one short', [candidate(1), candidate(2)], line({ count: 3 }), { wanted: 3, available: 2 }],
    ['none at all', [candidate(1, { kind: 'fill' })], line({ count: 2 }), { wanted: 2, available: 0 }],
    [
      'two of one exclusion group count once',
      [candidate(1, { exclusionGroup: 'g' }), candidate(2, { exclusionGroup: 'g' })],
      line({ count: 2 }),
      { wanted: 2, available: 1 },
    ],
  ])('refuses with the exact shortage: %s', (_, candidates, wanted, shortage) => {
    expect(drawPaper(plan(wanted), candidates, 'seed')).toEqual({ ok: false, shortages: [{ line: 0, ...shortage }] });
  });

  it('draws evenly: each of ten questions comes up about as often', () => {
    const ten = Array.from({ length: 10 }, (_, n) => candidate(n));
    const times = new Map<string, number>();
    for (let n = 0; n < 2_000; n += 1) {
      const drawn = drawPaper(plan(line({ count: 3 })), ten, `seed ${n}`);
      for (const { questionId } of drawn.ok ? drawn.items : []) times.set(questionId, (times.get(questionId) ?? 0) + 1);
    }
    // 600 each on average, standard deviation about 20.
    for (const count of times.values()) expect(Math.abs(count - 600)).toBeLessThan(100);
    expect(times.size).toBe(10);
  });

  it('always fulfils the blueprint or refuses', () => {
    fc.assert(
      fc.property(anyFewLines, anyCandidates, fc.string(), (lines, candidates, seed) => {
        const drawn = drawPaper(plan(...lines), candidates, seed);
        if (!drawn.ok) {
          expect(drawn.shortages.length).toBeGreaterThan(0);
          return;
        }
        const of = new Map(candidates.map((one) => [one.questionId, one]));
        const picked = drawn.items.map((one) => of.get(one.questionId) as Candidate);
        expect(new Set(picked).size).toBe(lines.reduce((sum, one) => sum + one.count, 0));
        const groups = picked.map((one) => one.exclusionGroup).filter((group) => group !== null);
        expect(new Set(groups).size).toBe(groups.length);
        // All lines can be served by what was picked, and nothing was picked besides.
        expect(mostByTrying(lines, picked)).toBe(picked.length);
        for (const { optionOrders } of drawn.items)
          expect(optionOrders.map((order) => order.toSorted())).toEqual([['A', 'B', 'C', 'D']]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never refuses what can be drawn, and names no more than is missing', () => {
    const few = fc.array(fc.nat(39), { maxLength: 9 });
    fc.assert(
      fc.property(anyFewLines, anyCandidates, few, (lines, all, picks) => {
        const candidates = all.filter((_, at) => picks.includes(at));
        const drawn = drawPaper(plan(...lines), candidates, 'seed');
        const wanted = lines.reduce((sum, one) => sum + one.count, 0);
        const missing = drawn.ok ? 0 : drawn.shortages.reduce((sum, one) => sum + one.wanted - one.available, 0);
        expect(missing).toBe(wanted - mostByTrying(lines, candidates));
      }),
      { numRuns: 1_000 },
    );
  });

  it('draws the same paper from the same seed, in whatever order the questions come', () => {
    fc.assert(
      fc.property(
        anyLines,
        anyCandidates,
        fc.string(),
        fc.infiniteStream(fc.nat()),
        (lines, candidates, seed, noise) => {
          const mixed = candidates
            .map((one) => ({ one, at: noise.next().value as number }))
            .sort((a, b) => a.at - b.at);
          expect(
            drawPaper(
              plan(...lines),
              mixed.map(({ one }) => one),
              seed,
            ),
          ).toEqual(drawPaper(plan(...lines), candidates, seed));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
