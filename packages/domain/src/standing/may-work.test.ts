import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideStanding, obligationStateOf, type OwedTraining } from './index.ts';

const TODAY = '2026-06-18';
const owed = (with_: Partial<OwedTraining> = {}): OwedTraining => ({
  id: 'a',
  titleZh: '雨夜行车',
  titleEn: 'Driving on rainy nights',
  dueOn: '2026-06-30',
  requiredSeconds: 5400,
  creditedSeconds: 0,
  studyHourSeconds: 2700,
  ...with_,
});

describe('what a person owes', () => {
  it.each([
    ['on the due day itself it is in time', { dueOn: TODAY }, 'open'],
    ['the day after it is overdue', { dueOn: '2026-06-17' }, 'overdue'],
    ['one second short is not done', { creditedSeconds: 5399 }, 'open'],
    ['the last second makes it done', { creditedSeconds: 5400 }, 'done'],
    ['what is done is never overdue', { creditedSeconds: 5400, dueOn: '2020-01-01' }, 'done'],
    ['without a day it never becomes overdue', { dueOn: null }, 'open'],
  ] as const)('%s', (_title, with_, state) => {
    expect(obligationStateOf(owed(with_), TODAY)).toBe(state);
  });
});

describe('whether a person may work', () => {
  it('may work when nothing is owed', () => {
    expect(decideStanding([], TODAY)).toEqual({
      mayWork: true,
      openCount: 0,
      overdueCount: 0,
      nextDueOn: null,
      unmet: [],
    });
  });

  it('may work while open courses are in time', () => {
    const standing = decideStanding([owed(), owed({ id: 'b', dueOn: '2026-06-20' })], TODAY);
    expect(standing).toMatchObject({
      mayWork: true,
      openCount: 2,
      overdueCount: 0,
      nextDueOn: '2026-06-20',
      unmet: [],
    });
  });

  it('names every overdue course, the oldest first, with what is missing rounded up', () => {
    const standing = decideStanding(
      [
        owed({ id: 'a', dueOn: '2026-06-17' }),
        owed({ id: 'b', dueOn: '2026-06-12', creditedSeconds: 5399 }),
        owed({ id: 'c', dueOn: null }),
      ],
      TODAY,
    );
    expect(standing.mayWork).toBe(false);
    expect(standing.unmet.map((one) => one.obligationId)).toEqual(['b', 'a']);
    expect(standing.unmet[0]?.zh).toBe('《雨夜行车》还差 0.1 学时，6 月 12 日到期，已逾期 6 天。学完当天恢复。');
    expect(standing.unmet[1]?.zh).toContain('还差 2.0 学时');
    expect(standing.nextDueOn).toBe('2026-06-12');
  });

  it('forbids work exactly when something is overdue, and every overdue course is named', () => {
    const anyOwed = fc.record({
      id: fc.uuid(),
      titleZh: fc.constant('课'),
      titleEn: fc.constant(null),
      dueOn: fc.constantFrom(null, '2026-06-01', '2026-06-17', TODAY, '2026-07-01'),
      requiredSeconds: fc.integer({ min: 1, max: 20_000 }),
      creditedSeconds: fc.integer({ min: 0, max: 20_000 }),
      studyHourSeconds: fc.constantFrom(2700, 3600),
    });
    fc.assert(
      fc.property(fc.array(anyOwed, { maxLength: 8 }), (list) => {
        const standing = decideStanding(list, TODAY);
        const overdue = list.filter((one) => obligationStateOf(one, TODAY) === 'overdue');
        expect(standing.mayWork).toBe(overdue.length === 0);
        expect(standing.unmet).toHaveLength(overdue.length);
      }),
    );
  });
});
