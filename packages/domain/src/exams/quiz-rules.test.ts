import { describe, expect, it } from 'vitest';
import { fewestQuizQuestions, findQuizRuleSet, getQuizRuleSet, quizLimitsOf, quizRuleSets } from './quiz-rules.ts';

const workSafety = quizLimitsOf(getQuizRuleSet('work-safety.quiz.2022-07-01'));
const roadTransport = quizLimitsOf(getQuizRuleSet('road-transport.quiz.2020-04-01'));

describe('Rules of lesson quizzes', () => {
  it('asks what item 32 says of work-safety', () => {
    expect(workSafety).toEqual({
      required: true,
      minutesPerQuestion: 10,
      secondsPerQuestion: 60,
      attempts: 5,
      passPercent: 80,
      identityFreshSeconds: 900,
      wholeLessonFirst: true,
      afterLastAttempt: 'study-again',
    });
  });

  it.each([
    [1, 1],
    [10 * 60_000, 1],
    [10 * 60_000 + 1, 2],
    [20 * 60_000, 2],
    [20 * 60_000 + 1, 3],
  ])('a lesson of %i ms needs %i questions at least', (durationMs, questions) => {
    expect(fewestQuizQuestions(durationMs, workSafety)).toBe(questions);
  });

  it('asks for no quiz where no text does', () => {
    expect(roadTransport.required).toBe(false);
    expect(fewestQuizQuestions(5 * 3_600_000, roadTransport)).toBe(1);
  });

  it('applies from its first day on, the nearest region first', () => {
    const [base] = quizRuleSets;
    if (!base) expect.unreachable('no rules');
    const table = [base, { ...base, id: 'guangdong', regionPrefix: '44', validFrom: '2023-01-01' }];
    expect(findQuizRuleSet('work-safety', '440104', '2022-12-31', table).id).toBe(base.id);
    expect(findQuizRuleSet('work-safety', '440104', '2023-01-01', table).id).toBe('guangdong');
    expect(findQuizRuleSet('work-safety', '220102', '2023-01-01', table).id).toBe(base.id);
    expect(() => findQuizRuleSet('work-safety', '', '2022-06-30')).toThrow(RangeError);
  });

  it('refuses a name that never existed', () => {
    expect(() => getQuizRuleSet('quiz.2000')).toThrow(RangeError);
  });
});
