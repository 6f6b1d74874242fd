import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlueprintLine, Candidate } from './blueprint.ts';
import { preparePapers } from './draw-paper.ts';
import type { ExamRuleSet } from './exam-limits.ts';
import { getExamRuleSet } from './exam-rules.ts';
import { countAvailable, findPlanProblems, type PaperSource, preparePlan } from './paper-plan.ts';
import { anyCandidates, anyLines } from './testing/random-questions.ts';

const candidate = (n: number, over: Partial<Candidate> = {}): Candidate => ({
  questionId: `q${n}`,
  versionId: `v${n}`,
  topicId: 't1',
  kind: 'judgement',
  difficulty: 1,
  exclusionGroup: null,
  optionCounts: [0],
  ...over,
});
const line = (count: number, centipoints: number, over: Partial<BlueprintLine> = {}): BlueprintLine => ({
  topicId: null,
  kind: 'judgement',
  difficulty: null,
  count,
  centipoints,
  ...over,
});
const shuffling = { shuffleQuestions: true, shuffleOptions: true };
const drawing = (...lines: BlueprintLine[]): PaperSource => ({ ...shuffling, lines, picked: null });
const picking = (...picked: [string, number][]): PaperSource => ({
  ...shuffling,
  lines: null,
  picked: picked.map(([questionId, centipoints]) => ({ questionId, centipoints })),
});
const twoKinds = getExamRuleSet('road-transport.exam.two-kinds.2019-07-18');
const special = getExamRuleSet('work-safety.exam.special-operation-theory.2010-07-01');
const surely = (set: ExamRuleSet): ExamRuleSet => ({
  ...set,
  limits: { ...set.limits, questions: { value: 100, certainty: 'stated', source: 'law' } },
});

describe('What is wrong with a plan', () => {
  it.each<[string, PaperSource, ExamRuleSet, [string, boolean, number, number][]]>([
    ['points that add up', drawing(line(50, 200)), twoKinds, []],
    ['half a point too few', drawing(line(49, 200), line(1, 150)), twoKinds, [['points', true, 100, 99.5]]],
    ['half a point too many', drawing(line(50, 200), line(1, 50)), twoKinds, [['points', true, 100, 100.5]]],
    [
      'nothing at all',
      drawing(),
      twoKinds,
      [
        ['no-questions', true, 1, 0],
        ['points', true, 100, 0],
      ],
    ],
    [
      'a question more than anybody sits',
      drawing(line(300, 33), line(1, 100)),
      twoKinds,
      [['too-many-questions', true, 300, 301]],
    ],
    ['70 and 30', drawing(line(70, 100), line(30, 100, { kind: 'single' })), special, []],
    [
      'other numbers than those that are assumed',
      drawing(line(69, 100), line(31, 100, { kind: 'single' })),
      special,
      [
        ['judgement-questions', false, 70, 69],
        ['single-questions', false, 30, 31],
      ],
    ],
    ['fewer questions than a text asks for', drawing(line(50, 200)), surely(twoKinds), [['questions', true, 100, 50]]],
  ])('%s', (_, source, rules, problems) => {
    expect(findPlanProblems(source, rules, []).map((one) => [one.code, one.blocks, one.wanted, one.found])).toEqual(
      problems,
    );
  });

  it('of questions picked by hand: twice, gone, and two of one group', () => {
    const bank = [candidate(1, { exclusionGroup: 'g' }), candidate(2, { exclusionGroup: 'g' })];
    const source = picking(['q1', 2_500], ['q1', 2_500], ['q2', 2_500], ['q3', 2_500]);
    expect(findPlanProblems(source, twoKinds, bank)).toEqual([
      { code: 'question-twice', blocks: true, wanted: 4, found: 3 },
      { code: 'question-gone', blocks: false, wanted: 3, found: 2 },
      { code: 'one-group', blocks: true, wanted: 2, found: 1 },
    ]);
  });
});

describe('Papers of questions picked by hand', () => {
  const bank = [candidate(1), candidate(2, { kind: 'single', optionCounts: [4] }), candidate(3)];

  it('ask every one for what it is worth, kinds together', () => {
    const drawn = preparePlan({ ...picking(['q3', 100], ['q2', 250], ['q1', 50]), shuffleQuestions: false }, bank)('s');
    expect(drawn.ok && drawn.items.map((one) => [one.versionId, one.centipoints])).toEqual([
      ['v3', 100],
      ['v1', 50],
      ['v2', 250],
    ]);
  });

  it('are refused while one of them may not be asked, which is named', () => {
    expect(preparePlan(picking(['q1', 100], ['q9', 100]), bank)('s')).toEqual({
      ok: false,
      shortages: [{ line: 1, wanted: 1, available: 0 }],
    });
  });
});

describe('What there is to choose from', () => {
  it('counts questions of one exclusion group once', () => {
    expect(
      countAvailable([
        candidate(1, { exclusionGroup: 'g' }),
        candidate(2, { exclusionGroup: 'g' }),
        candidate(3),
        candidate(4, { difficulty: 2 }),
      ]),
    ).toEqual([
      { topicId: 't1', kind: 'judgement', difficulty: 1, count: 2 },
      { topicId: 't1', kind: 'judgement', difficulty: 2, count: 1 },
    ]);
  });

  it('is enough for a line of one cell exactly up to its count', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        for (const { count, ...cell } of countAvailable(candidates)) {
          const draw = (wanted: number) =>
            preparePapers({ ...shuffling, lines: [{ ...cell, count: wanted, centipoints: 100 }] }, candidates)('s');
          expect(draw(count).ok).toBe(true);
          expect(draw(count + 1)).toEqual({
            ok: false,
            shortages: [{ line: 0, wanted: count + 1, available: count }],
          });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('with exactly the questions that a refusal names a paper can be drawn, with one fewer it cannot', () => {
    fc.assert(
      fc.property(anyLines, anyCandidates, (lines, candidates) => {
        const refused = preparePapers({ ...shuffling, lines }, candidates)('s');
        if (refused.ok) return;
        const named = refused.shortages.flatMap(({ line: at, wanted, available }) => {
          const { topicId, kind, difficulty } = lines[at] as BlueprintLine;
          return Array.from({ length: wanted - available }, (_, n) =>
            candidate(0, {
              questionId: `new ${at} ${n}`,
              versionId: `new ${at} ${n}`,
              topicId: topicId ?? 't1',
              kind,
              difficulty: difficulty ?? 1,
            }),
          );
        });
        expect(preparePapers({ ...shuffling, lines }, [...candidates, ...named])('s').ok).toBe(true);
        expect(preparePapers({ ...shuffling, lines }, [...candidates, ...named.slice(1)])('s').ok).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });
});
