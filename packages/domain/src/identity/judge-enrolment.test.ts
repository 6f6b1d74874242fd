import { describe, expect, it } from 'vitest';
import { type FrameMeasures, type IdentityProblem, judgeEnrolment } from './index.ts';
import { faceLimits, pictureOf } from './testing/frames.ts';

describe('a picture to be enrolled', () => {
  it('is good as it is', () => {
    expect(judgeEnrolment(pictureOf(), faceLimits)).toEqual([]);
  });

  const limits: [string, Partial<FrameMeasures>, Partial<FrameMeasures>, IdentityProblem][] = [
    ['a second face', { faces: 1 }, { faces: 2 }, 'two-faces'],
    ['width of the face', { faceWidthPx: 160 }, { faceWidthPx: 159.9 }, 'too-small'],
    ['darkness', { brightness: 50 }, { brightness: 49.9 }, 'too-dark'],
    ['brightness', { brightness: 210 }, { brightness: 210.1 }, 'too-bright'],
    ['sharpness', { sharpness: 40 }, { sharpness: 39.9 }, 'blurred'],
    ['turned to the right', { yaw: 0.42 }, { yaw: 0.419 }, 'not-frontal'],
    ['turned to the left', { yaw: 0.58 }, { yaw: 0.581 }, 'not-frontal'],
    ['tilted up', { pitch: 0.3 }, { pitch: 0.299 }, 'not-frontal'],
    ['tilted down', { pitch: 0.52 }, { pitch: 0.521 }, 'not-frontal'],
    ['mouth', { mouthOpen: 0.3 }, { mouthOpen: 0.301 }, 'not-frontal'],
    ['dark glasses', { eyeLight: 0.3 }, { eyeLight: 0.299 }, 'eyes-covered'],
    ['edges of a print', { frame: 0.849 }, { frame: 0.85 }, 'picture-of-picture'],
    ['pattern of a screen', { moire: 49.9 }, { moire: 50 }, 'picture-of-picture'],
  ];
  it.each(limits)('%s: good up to the limit, told beyond it', (_, within, beyond, problem) => {
    expect(judgeEnrolment(pictureOf(within), faceLimits)).toEqual([]);
    expect(judgeEnrolment(pictureOf(beyond), faceLimits)).toEqual([problem]);
  });

  it('tells everything at once', () => {
    const bad = pictureOf({
      faces: 2,
      faceWidthPx: 90,
      brightness: 20,
      sharpness: 2,
      yaw: 0.7,
      eyeLight: 0.1,
      frame: 1,
    });
    expect(judgeEnrolment(bad, faceLimits).toSorted()).toEqual(
      ['two-faces', 'too-small', 'too-dark', 'blurred', 'not-frontal', 'eyes-covered', 'picture-of-picture'].toSorted(),
    );
  });

  it('without a face tells that, and the light if it is the reason', () => {
    const none = { faces: 0, faceWidthPx: 0, yaw: 0, pitch: 0, sharpness: 0, eyeLight: 0, descriptor: null };
    expect(judgeEnrolment(pictureOf({ ...none, brightness: 90 }), faceLimits)).toEqual(['no-face']);
    expect(judgeEnrolment(pictureOf({ ...none, brightness: 3 }), faceLimits)).toEqual(['too-dark', 'no-face']);
  });
});
