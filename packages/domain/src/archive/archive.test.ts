import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Employment, maySeeInArchive } from './archive-view.ts';
import { keptUntil } from './retention-rules.ts';

describe('An entry of the archive is kept', () => {
  it.each([
    ['road-transport', '440104', '2026-11-26', '2029-11-26', 'archive.2020-01-01'],
    ['work-safety', '440104', '2026-11-26', '2034-11-26', 'work-safety.archive.guangdong.2022-07-01'],
    ['work-safety', '440104', '2022-06-30', '2025-06-30', 'archive.2020-01-01'],
    ['work-safety', '440104', '2022-07-01', '2030-07-01', 'work-safety.archive.guangdong.2022-07-01'],
    ['work-safety', '360102', '2024-03-25', '2030-03-25', 'work-safety.archive.jiangxi.2024-03-25'],
    [null, '440104', '2024-02-29', '2027-02-28', 'archive.2020-01-01'],
  ])('of %s in %s from %s until %s', (scheme, regionCode, day, until, ruleSetId) => {
    expect(keptUntil({ scheme, regionCode, day })).toEqual({ day: until, ruleSetId });
  });

  it('without a promise where no rule is known', () => {
    expect(keptUntil({ scheme: null, regionCode: '440104', day: '2019-12-31' })).toBeUndefined();
  });
});

describe('Who looks into an archive', () => {
  const employments: Employment[] = [
    { organisationId: 'old', from: '2024-01-01', to: '2025-06-30' },
    { organisationId: 'new', from: '2025-07-01', to: null },
  ];
  const sees = (employerIds: string[], bodyIds: string[], day: string, bodyId: string | null = 'school') =>
    maySeeInArchive({ whole: false, employerIds, bodyIds }, { day, bodyId }, employments);

  it.each([
    ['old', '2023-12-31', false],
    ['old', '2024-01-01', true],
    ['old', '2025-06-30', true],
    ['old', '2025-07-01', false],
    ['new', '2025-06-30', false],
    ['new', '2025-07-01', true],
  ])('as employer %s sees what happened on %s: %s', (organisation, day, expected) => {
    expect(sees([organisation], [], day)).toBe(expected);
  });

  it('as a body sees what happened there, whenever it was', () => {
    expect(sees([], ['school'], '2020-01-01')).toBe(true);
    expect(sees([], ['school'], '2026-01-01', 'another')).toBe(false);
    expect(sees([], ['school'], '2026-01-01', null)).toBe(false);
  });

  it('sees nothing of anybody else’s time or place', () => {
    const id: fc.Arbitrary<string> = fc.constantFrom('old', 'new', 'school', 'other');
    const day = fc.constantFrom('2023-06-01', '2024-06-01', '2025-12-01');
    fc.assert(
      fc.property(fc.array(id), fc.array(id), day, fc.option(id), (employerIds, bodyIds, at, bodyId) => {
        const own = employments.some(
          (one) => employerIds.includes(one.organisationId) && one.from <= at && (one.to ?? '9') >= at,
        );
        const there = bodyId !== null && bodyIds.includes(bodyId);
        expect(sees(employerIds, bodyIds, at, bodyId)).toBe(own || there);
        expect(maySeeInArchive({ whole: true }, { day: at, bodyId }, employments)).toBe(true);
      }),
    );
  });
});
