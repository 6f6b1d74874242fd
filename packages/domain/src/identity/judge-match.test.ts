import { describe, expect, it } from 'vitest';
import { faceDistance, type FrameMeasures, type IdentityProblem, judgeMatch, type MatchStrictness } from './index.ts';
import { descriptorAt, faceLimits, framesOf } from './testing/frames.ts';

const enrolled = [descriptorAt(0)];
const at = (distance: number, changes: Partial<FrameMeasures> = {}) => ({
  descriptor: descriptorAt(distance),
  ...changes,
});
const judge = (pictures: Partial<FrameMeasures>[], strictness: MatchStrictness = 'normal', templates = enrolled) =>
  judgeMatch(framesOf([pictures]), templates, strictness, faceLimits);

describe('comparing with the enrolled face', () => {
  const limits: [MatchStrictness, number, IdentityProblem[]][] = [
    ['normal', 0.499, []],
    ['normal', 0.501, ['other-person']],
    ['strict', 0.449, []],
    ['strict', 0.451, ['other-person']],
  ];
  it.each(limits)('%s at %d: %j', (strictness, distance, problems) => {
    expect(judge([at(distance)], strictness).problems).toEqual(problems);
  });

  it.each([
    [0.455, []],
    [0.465, ['near-threshold']],
    [0.535, ['near-threshold']],
    [0.545, []],
  ])('at %d a person should look: %j', (distance, signs) => {
    expect(judge([at(distance)]).signs).toEqual(signs);
  });

  it('takes the best of the frames', () => {
    expect(judge([at(0.6), at(0.3), at(0.55)])).toMatchObject({ problems: [], bestFrame: 1 });
    expect(judge([at(0.6), at(0.3), at(0.55)]).distance).toBeCloseTo(0.3);
  });

  it('takes the nearest of several templates', () => {
    expect(judge([at(0.7)], 'normal', [descriptorAt(0), descriptorAt(0.65)]).distance).toBeCloseTo(0.05);
  });

  const unfit: [string, Partial<FrameMeasures>][] = [
    ['turned', { yaw: 0.7 }],
    ['too small', { faceWidthPx: 159 }],
    ['too dark', { brightness: 34 }],
    ['too bright', { brightness: 216 }],
    ['blurred', { sharpness: 9 }],
    ['with two faces', { faces: 2, descriptor: null }],
  ];
  it.each(unfit)('never compares a frame that is %s', (_, changes) => {
    expect(judge([at(0, changes)])).toEqual({
      problems: ['not-frontal'],
      signs: [],
      distance: null,
      bestFrame: null,
    });
    expect(judge([at(0.2, {}), at(0, changes)]).bestFrame).toBe(0);
  });

  it('never passes without a template or without a frame', () => {
    expect(judge([at(0)], 'normal', []).problems).toEqual(['not-enrolled']);
    expect(judge([]).problems).toEqual(['not-frontal']);
  });

  it('refuses descriptors that cannot be compared', () => {
    expect(() => faceDistance([1, 2], [1])).toThrow(RangeError);
  });
});
