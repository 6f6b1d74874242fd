import { describe, expect, it } from 'vitest';
import { schemeCodes } from '../study/rule-sets.ts';
import { faceLimitsOf, faceRuleSets, findFaceRules, getFaceRules } from './index.ts';

describe('face rules', () => {
  it('apply from the first day of the law on faces, and not a day before', () => {
    expect(findFaceRules('road-transport', '220102', '2025-06-01').id).toBe('road-transport.face.2025-06-01');
    expect(() => findFaceRules('road-transport', '220102', '2025-05-31')).toThrow(RangeError);
  });

  it.each(schemeCodes)('exist for %s in every region', (scheme) => {
    expect(findFaceRules(scheme, '650100', '2026-11-25').scheme).toBe(scheme);
  });

  it('prefer the region to the whole country', () => {
    expect(findFaceRules('work-safety', '440104', '2026-11-25').id).toBe('work-safety.face.44.2025-06-01');
    expect(findFaceRules('work-safety', '110101', '2026-11-25').id).toBe('work-safety.face.2025-06-01');
  });

  it('prefer the youngest row', () => {
    const [first] = faceRuleSets;
    if (!first) throw new Error('no rules');
    const table = [first, { ...first, id: 'later', validFrom: '2027-01-01' }];
    expect(findFaceRules(first.scheme, '', '2026-12-31', table).id).toBe(first.id);
    expect(findFaceRules(first.scheme, '', '2027-01-01', table).id).toBe('later');
  });

  it('are found by the name of a stored decision', () => {
    for (const { id } of faceRuleSets) expect(getFaceRules(id).id).toBe(id);
    expect(() => getFaceRules('never')).toThrow(RangeError);
  });

  it('have different names', () => {
    expect(new Set(faceRuleSets.map(({ id }) => id)).size).toBe(faceRuleSets.length);
  });

  it.each(faceRuleSets)('$id is in itself consistent', (ruleSet) => {
    const limits = faceLimitsOf(ruleSet);
    expect(limits.strictDistance).toBeLessThan(limits.normalDistance);
    expect(limits.normalDistance).toBeLessThan(limits.sameFaceMovingDistance);
    expect(limits.doubleDistance).toBeLessThanOrEqual(limits.strictDistance);
    // A head that looks ahead within the allowed range must be able to turn by the asked amount in either direction.
    expect(limits.frontalYawLeast - limits.turnYawChange).toBeGreaterThan(0);
    expect(limits.frontalYawMost + limits.turnYawChange).toBeLessThan(1);
    expect(limits.enrolYawLeast).toBeGreaterThanOrEqual(limits.frontalYawLeast);
    expect(limits.enrolYawMost).toBeLessThanOrEqual(limits.frontalYawMost);
    expect(limits.replayGridDistance).toBeLessThan(limits.loopGridDistance);
    expect(limits.loopGridDistance).toBeLessThan(limits.movedGridDistance);
  });
});
