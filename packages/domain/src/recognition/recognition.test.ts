import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPurposeRuleSets, purposeRuleSets, type TrainingPurpose } from './purpose-rules.ts';
import { type CountableEntry, countReasonOf, recognise } from './recognise.ts';
import { conflictingClaims } from './subsidy-claims.ts';
import { addMonths, cycleAt } from './training-cycle.ts';

const HOUR = 45 * 60;
const TODAY = '2026-11-26';
const rulesOf = (purpose: TrainingPurpose, region = '440104', day = TODAY) =>
  findPurposeRuleSets(region, day).find((one) => one.purpose === purpose) ?? expect.unreachable(purpose);
const road = (seconds: number, topicCode: string | null, day = '2026-03-01', id = `${seconds}${topicCode}${day}`) =>
  ({ id, scheme: 'road-transport', topicCode, day, seconds }) satisfies CountableEntry;

describe('A cycle', () => {
  it.each([
    ['2025-12-31', '2024-01-01', '2025-12-31'],
    ['2026-01-01', '2026-01-01', '2027-12-31'],
    ['2019-12-31', '2018-01-01', '2019-12-31'],
  ])('of two years on %s runs from %s to %s', (day, from, until) => {
    expect(cycleAt('2020-01-01', 24, day)).toEqual({ from, until });
  });

  it('that begins on the 31st is shortened by short months, and no longer than that', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(cycleAt('2024-01-31', 1, '2024-02-28')).toEqual({ from: '2024-01-31', until: '2024-02-28' });
    expect(cycleAt('2024-01-31', 1, '2024-03-31').from).toBe('2024-03-31');
  });

  it('holds the day, and the cycles before and after it join', () => {
    const day = fc.integer({ min: 0, max: 30_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.constantFrom(1, 12, 24, 36), day, (anchor, months, at) => {
        const { from, until } = cycleAt(anchor, months, at);
        expect(from <= at && at <= (until ?? '')).toBe(true);
        const after = new Date(Date.parse(until ?? '') + 86_400_000).toISOString().slice(0, 10);
        expect(cycleAt(anchor, months, after).from).toBe(after);
      }),
    );
  });
});

describe('Hours of continuing education', () => {
  const rules = rulesOf('continuing-education');
  it.each([
    [24 * HOUR - 1, false, ['还差 0.1 学时']],
    [24 * HOUR, true, []],
    [24 * HOUR + 1, true, []],
  ])('%i seconds of 24 study hours: met %s', (seconds, met, unmet) => {
    const standing = recognise(rules, [road(seconds, 'vehicle-inspection')], TODAY);
    expect(standing.met).toBe(met);
    expect(standing.unmet.map(({ zh }) => zh)).toEqual(unmet);
  });

  it('count from the first day of the cycle to the last, and say why if they do not', () => {
    const cycle = { from: '2026-01-01', until: '2027-12-31' };
    const reason = (day: string) => countReasonOf(rules, cycle, road(1, null, day));
    expect(['2025-12-31', '2026-01-01', '2027-12-31', '2028-01-01'].map(reason)).toEqual([
      'other-cycle',
      'counts',
      'counts',
      'other-cycle',
    ]);
    expect(countReasonOf(rules, cycle, { ...road(1, null), scheme: 'work-safety' })).toBe('other-scheme');
    const narrow = { ...rules, limits: { ...rules.limits, topicCodes: { ...rules.limits.topicCodes, value: ['a'] } } };
    expect(['a', 'b', null].map((code) => countReasonOf(narrow, cycle, road(1, code)))).toEqual([
      'counts',
      'other-topic',
      'other-topic',
    ]);
  });

  it('lose what a later decision took back', () => {
    expect(recognise(rules, [road(24 * HOUR, null), road(-1, null)], TODAY).met).toBe(false);
  });
});

describe('Yearly training for the post', () => {
  const rules = rulesOf('post-training');
  it.each([
    [6 * HOUR - 1, 6 * HOUR + 1, false],
    [6 * HOUR, 6 * HOUR, true],
    [7 * HOUR, 7 * HOUR + 1, false],
  ])('%i seconds of driving skill and %i of others: met %s', (skill, others, met) => {
    const entries = [road(skill, 'safe-driving-skill'), road(others, 'vehicle-inspection')];
    expect(recognise(rules, entries, TODAY).met).toBe(met);
  });

  it('names hours and share when both are missing', () => {
    expect(recognise(rules, [], TODAY).unmet.map(({ code }) => code)).toEqual(['hours-missing', 'share-missing']);
  });

  it('is asked for in Guangdong only', () => {
    expect(findPurposeRuleSets('430102', TODAY).map(({ purpose }) => purpose)).not.toContain('post-training');
  });
});

describe('Recognition', () => {
  it('takes the rules of special operations by the day', () => {
    expect(rulesOf('special-operation-review', '440104', '2026-05-31').id).toMatch(/2010-07-01$/);
    expect(rulesOf('special-operation-review', '440104', '2026-06-01').id).toMatch(/2026-06-01$/);
  });

  const entry: fc.Arbitrary<CountableEntry> = fc.record({
    id: fc.uuid(),
    scheme: fc.constantFrom('road-transport', 'work-safety'),
    topicCode: fc.constantFrom('safe-driving-skill', 'vehicle-inspection', null),
    day: fc.constantFrom('2023-12-31', '2025-06-01', '2026-01-01', '2026-11-26'),
    seconds: fc.integer({ min: -2_000, max: 40_000 }),
  });
  const entries = fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 20 });

  it('never counts more than the ledger holds, whatever the order', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...purposeRuleSets), (ledger, rules) => {
        const one = recognise(rules, ledger, TODAY);
        const held = ledger.reduce((sum, { seconds }) => sum + Math.max(0, seconds), 0);
        expect(one.countedSeconds).toBeLessThanOrEqual(held);
        expect(one.share?.countedSeconds ?? 0).toBeLessThanOrEqual(one.countedSeconds);
        expect(one.met).toBe(one.unmet.length === 0);
        const other = recognise(rules, ledger.toReversed(), TODAY);
        expect({ ...other, entryIds: other.entryIds.toReversed() }).toEqual(one);
      }),
    );
  });

  it('lets no entry be claimed twice', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 12 }).map(String), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 12 }), (attempts) => {
        const made: { id: string; entryIds: string[] }[] = [];
        for (const [at, entryIds] of attempts.entries())
          if (conflictingClaims(made, entryIds).length === 0) made.push({ id: String(at), entryIds });
        const claimed = made.flatMap(({ entryIds }) => entryIds);
        expect(new Set(claimed).size).toBe(claimed.length);
      }),
    );
  });
});
