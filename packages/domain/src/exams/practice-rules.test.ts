import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterPracticeAnswer,
  findPracticeLimits,
  NEVER_PRACTISED,
  type PracticeStanding,
  practiceRuleSets,
  topicKnowledge,
  withLatest,
} from './practice-rules.ts';

const limits = findPracticeLimits('2026-11-26');
const answers = (...given: readonly boolean[]): PracticeStanding =>
  given.reduce((standing, isRight) => afterPracticeAnswer(standing, isRight, limits), NEVER_PRACTISED);
const [R, W] = [true, false];

describe('the wrong-answer book', () => {
  it.each([
    ['right at once', [R], false],
    ['wrong', [W], true],
    ['one right answer after a wrong one', [W, R], true],
    ['two right answers in a row', [W, R, R], false],
    ['a wrong answer between the right ones', [W, R, W, R], true],
    ['two in a row after all', [W, R, W, R, R], false],
    ['right answers before the wrong one do not count', [R, R, W, R], true],
    ['wrong again after it had left', [W, R, R, W], true],
  ])('%s', (_, given, inBook) => {
    expect(answers(...given).inBook).toBe(inBook);
  });

  it('holds a question exactly while it was wrong once and the last two answers since are not both right', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (given) => {
        const lastWrong = given.lastIndexOf(false);
        const rightsSince = given.length - 1 - lastWrong;
        expect(answers(...given)).toEqual({
          answered: given.length,
          right: given.filter(Boolean).length,
          rightsInARow: rightsSince,
          inBook: lastWrong >= 0 && rightsSince < 2,
        });
      }),
    );
  });
});

describe('weak topics', () => {
  const shares = (right: number, wrong: number): readonly boolean[] => [
    ...Array.from({ length: right }, () => true),
    ...Array.from({ length: wrong }, () => false),
  ];

  it.each([
    ['nothing is said after four answers', shares(0, 4), null, false],
    ['five answers are enough', shares(0, 5), 0, true],
    ['79 per cent is weak', shares(15, 4), 78, true],
    ['exactly 80 per cent is not', shares(16, 4), 80, false],
    ['four of five is 80 per cent', shares(4, 1), 80, false],
  ])('%s', (_, latest, rightPercent, isWeak) => {
    expect(topicKnowledge(latest, limits)).toEqual({ rightPercent, isWeak });
  });

  it('forgets all but the latest twenty answers', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (given) => {
        const latest = given.reduce<readonly boolean[]>((kept, isRight) => withLatest(kept, isRight, limits), []);
        expect(latest).toEqual(given.slice(-20));
        expect(topicKnowledge(given, limits)).toEqual(topicKnowledge(latest, limits));
      }),
    );
  });
});

describe('the table', () => {
  it('picks the row in force, and has none before the first', () => {
    const [first] = practiceRuleSets;
    if (!first) throw new Error('the table is empty');
    const later = {
      ...first,
      id: 'later',
      validFrom: '2026-02-01',
      limits: { ...first.limits, latestAnswers: { ...first.limits.latestAnswers, value: 50 } },
    };
    const table = [later, first];
    expect(findPracticeLimits('2026-01-31', table).latestAnswers).toBe(20);
    expect(findPracticeLimits('2026-02-01', table).latestAnswers).toBe(50);
    expect(() => findPracticeLimits('2019-12-31')).toThrow(RangeError);
  });
});
