import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from './blueprint.ts';
import { drawQuiz, isQuizPassed, quizEndsAtMs, quizPercent, quizRoundStateOf } from './quiz-attempt.ts';
import { getQuizRuleSet, quizLimitsOf } from './quiz-rules.ts';

const limits = quizLimitsOf(getQuizRuleSet('work-safety.quiz.2022-07-01'));

describe('Marks of a quiz', () => {
  it.each([
    [79, 100, false],
    [80, 100, true],
    [3, 4, false],
    [4, 5, true],
    [3, 5, false],
    [0, 1, false],
    [1, 1, true],
    [5, 6, true],
    [4, 6, false],
  ])('%i right of %i: passed %s', (right, asked, passed) => {
    expect(isQuizPassed(right, asked, limits)).toBe(passed);
    expect(quizPercent(right, asked) >= limits.passPercent).toBe(passed);
  });

  it('gives sixty seconds for each question', () => {
    expect(quizEndsAtMs(1_000, 3, limits)).toBe(181_000);
  });
});

describe('A round of attempts', () => {
  const failed = (count: number) => Array.from({ length: count }, () => ({ passed: false }));
  it.each([
    [failed(0), 'open'],
    [failed(4), 'open'],
    [failed(5), 'failed'],
    [[...failed(4), { passed: true }], 'passed'],
    [[{ passed: true }], 'passed'],
  ])('%j is %s', (ended, state) => {
    expect(quizRoundStateOf(ended, limits)).toBe(state);
  });
});

const candidate = (n: number, exclusionGroup: string | null = null): Candidate => ({
  questionId: `q${n}`,
  versionId: `v${n}`,
  topicId: 't',
  kind: n % 2 === 0 ? 'judgement' : 'single',
  difficulty: 2,
  exclusionGroup,
  optionCounts: [n % 2 === 0 ? 0 : 4],
});

describe('The questions of an attempt', () => {
  it('are as many as wanted, none twice, at most one of a group, or there are too few', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(null, null, 'a', 'b'), { maxLength: 12 }),
        fc.integer({ min: 1, max: 8 }),
        fc.string(),
        (groups, count, seed) => {
          const all = groups.map((group, n) => candidate(n, group));
          const alone = groups.filter((group) => group === null).length;
          const most = alone + new Set(groups.filter((group) => group !== null)).size;
          const drawn = drawQuiz(all, count, new Set(), seed);
          if (count > most) {
            expect(drawn).toBeNull();
            return;
          }
          expect(new Set(drawn?.map(({ questionId }) => questionId)).size).toBe(count);
          const asked = drawn?.flatMap(({ questionId }) => all.filter((one) => one.questionId === questionId)) ?? [];
          const named = asked.flatMap(({ exclusionGroup }) => exclusionGroup ?? []);
          expect(new Set(named).size).toBe(named.length);
          expect(drawQuiz(all, count, new Set(), seed)).toEqual(drawn);
        },
      ),
    );
  });

  it('are new ones while there are any', () => {
    const all = Array.from({ length: 10 }, (_, n) => candidate(n));
    const first = drawQuiz(all, 5, new Set(), 'one') ?? [];
    const second = drawQuiz(all, 5, new Set(first.map(({ questionId }) => questionId)), 'two') ?? [];
    expect(new Set([...first, ...second].map(({ questionId }) => questionId)).size).toBe(10);
    const third = drawQuiz(all, 5, new Set(all.map(({ questionId }) => questionId)), 'three');
    expect(third).toHaveLength(5);
  });
});
