import { examLimitsOf, getExamRuleSet } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { chinaMs, type ExamDraft, findDraftProblems, isTooLateToBook } from './exam-draft.ts';

const NOW = Date.parse('2026-11-26T09:00:00+08:00');
/** 90 minutes, booking ends an hour before, all year. */
const twoKinds = examLimitsOf(getExamRuleSet('road-transport.exam.two-kinds.2019-07-18'));
/** October to December. */
const annual = examLimitsOf(getExamRuleSet('road-transport.exam.annual.2020-06-01'));
const good: ExamDraft = {
  planId: 'p',
  titleZh: '11 月第 2 场',
  mode: 'place',
  address: '东风路 1 号',
  opens: '2026-11-28T09:00',
  closes: '2026-11-28T11:00',
  capacity: '60',
  courseIds: [],
};
const problems = (change: Partial<ExamDraft>, limits = twoKinds) =>
  findDraftProblems({ ...good, ...change }, limits, NOW);

describe('planning an exam', () => {
  it('has nothing to say about a good one', () => expect(problems({})).toEqual({}));

  it.each<[string, Partial<ExamDraft>, object]>([
    ['exactly as long as the answers take', { closes: '2026-11-28T10:30' }, {}],
    ['a minute shorter', { closes: '2026-11-28T10:29' }, { window: 'short' }],
    ['closes when it opens', { closes: '2026-11-28T09:00' }, { window: 'order' }],
    ['opens now', { opens: '2026-11-26T09:00', closes: '2026-11-26T12:00' }, { window: 'past' }],
    ['opens in a minute', { opens: '2026-11-26T09:01', closes: '2026-11-26T12:00' }, {}],
    ['no time', { closes: '' }, { window: 'window' }],
    ['nobody may come', { capacity: '0' }, { capacity: 'capacity' }],
    ['half a person', { capacity: '1.5' }, { capacity: 'capacity' }],
    ['as many as there can be', { capacity: '100000' }, {}],
    ['one more', { capacity: '100001' }, { capacity: 'capacity' }],
    ['no address', { address: ' ' }, { address: 'address' }],
    ['online needs none', { mode: 'online', address: '' }, {}],
    ['a name of one character', { titleZh: ' 场 ' }, { title: 'title' }],
  ])('%s', (_name, change, expected) => expect(problems(change)).toEqual(expected));

  it.each<[string, string, object]>([
    ['last day', '2026-12-31', {}],
    ['first day after', '2027-01-01', { window: 'months' }],
    ['last day before', '2027-09-30', { window: 'months' }],
    ['first day', '2027-10-01', {}],
  ])('an exam of the fourth quarter: %s', (_name, day, expected) =>
    expect(problems({ opens: `${day}T09:00`, closes: `${day}T11:00` }, annual)).toEqual(expected),
  );

  it('asks for a plan before anything that follows from its rules', () =>
    expect(findDraftProblems({ ...good, closes: '2026-11-28T09:01' }, undefined, NOW)).toEqual({ plan: 'plan' }));
});

it.each([
  ['opens now', '2026-11-26T09:00', false],
  ['opens in a minute', '2026-11-26T09:01', true],
  ['booking ends now', '2026-11-26T10:00', true],
  ['a minute is left to book', '2026-11-26T10:01', false],
  ['no time', '', false],
])('learners cannot book any more: %s', (_name, opens, expected) =>
  expect(isTooLateToBook(opens, twoKinds, NOW)).toBe(expected),
);

it('reads boxes as China time', () => expect(chinaMs('2026-11-26T09:00')).toBe(NOW));
