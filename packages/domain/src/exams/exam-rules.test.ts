import { describe, expect, it } from 'vitest';
import { examLimitsOf, examRuleSets, findExamRuleSets, getExamRuleSet } from './exam-rules.ts';

const idsOf = (...of: Parameters<typeof findExamRuleSets>): string[] => findExamRuleSets(...of).map(({ id }) => id);

describe('Rules of exams', () => {
  it.each([
    ['2026-05-31', 'work-safety.exam.special-operation-theory.2010-07-01'],
    ['2026-06-01', 'work-safety.exam.special-operation-theory.2026-06-01'],
  ])('on %s special operations follow %s', (day, id) => {
    expect(idsOf('work-safety', '440604', day)).toEqual([id]);
  });

  it('holds the yearly exam in Guangdong only, in the fourth quarter, with a pledge', () => {
    expect(idsOf('road-transport', '440104', '2026-11-26')).toContain('road-transport.exam.annual.2020-06-01');
    expect(idsOf('road-transport', '220102', '2026-11-26')).not.toContain('road-transport.exam.annual.2020-06-01');
    expect(examLimitsOf(getExamRuleSet('road-transport.exam.annual.2020-06-01'))).toMatchObject({
      firstMonth: 10,
      lastMonth: 12,
      pledge: true,
    });
  });

  it('knows no exam before its first day', () => {
    expect(idsOf('driver-licence', '', '2022-03-31')).toEqual([]);
    expect(idsOf('driver-licence', '', '2022-04-01')).toHaveLength(1);
  });

  it.each([
    ['road-transport.exam.two-kinds.2019-07-18', 90, 80],
    ['road-transport.exam.qualification.2019-07-01', 90, 80],
    ['road-transport.exam.dangerous-goods.2019-07-01', 90, 90],
    ['work-safety.exam.special-operation-theory.2010-07-01', 120, 80],
  ])('%s lasts %i minutes and is passed with %i of 100', (id, minutes, points) => {
    expect(examLimitsOf(getExamRuleSet(id))).toMatchObject({
      durationSeconds: minutes * 60,
      totalPoints: 100,
      passPoints: points,
    });
  });

  it('passes nobody with more points than there are, and names every set once', () => {
    for (const { limits } of examRuleSets)
      expect(limits.passPoints.value).toBeLessThanOrEqual(limits.totalPoints.value);
    expect(new Set(examRuleSets.map(({ id }) => id)).size).toBe(examRuleSets.length);
  });

  it('refuses a name that never existed', () => {
    expect(() => getExamRuleSet('exam.2000')).toThrow(RangeError);
  });
});
