import { describe, expect, it } from 'vitest';
import { judgeCheck } from './index.ts';
import { descriptorAt, faceLimits, framesOf, obedient, type Script } from './testing/frames.ts';

const rest = [{}, {}, {}];

describe('a whole check', () => {
  const check = (script: Script, templates = [descriptorAt(0)]) =>
    judgeCheck({ prompts: ['turn-left'], frames: framesOf(script), templates, strictness: 'normal' }, faceLimits);

  it('passes with a live person who is the enrolled one', () => {
    expect(check(obedient(['turn-left']))).toEqual({
      outcome: 'passed',
      problems: [],
      signs: [],
      distance: 0,
      bestFrame: 0,
    });
  });

  it('fails for a live person who is somebody else', () => {
    const verdict = check(obedient(['turn-left']), [descriptorAt(0.7)]);
    expect(verdict).toMatchObject({ outcome: 'failed', problems: ['other-person'] });
  });

  it('fails for a picture of the right person', () => {
    expect(check([rest, rest])).toMatchObject({ outcome: 'failed', problems: ['prompt-missed', 'not-live'] });
  });

  it('fails without a template, whatever is on the pictures', () => {
    expect(check(obedient(['turn-left']), [])).toMatchObject({ outcome: 'failed', problems: ['not-enrolled'] });
  });

  it('of a picture taken in passing only compares', () => {
    const inPassing = (changes: object, templates = [descriptorAt(0)]) =>
      judgeCheck({ prompts: [], frames: framesOf([[changes]]), templates, strictness: 'normal' }, faceLimits);
    expect(inPassing({})).toMatchObject({ outcome: 'passed', problems: [], distance: 0, bestFrame: 0 });
    expect(inPassing({}, [descriptorAt(0.7)]).problems).toEqual(['other-person']);
    expect(inPassing({ yaw: 0.7 })).toMatchObject({ outcome: 'failed', problems: ['not-frontal'], distance: null });
    expect(inPassing({ faces: 0, yaw: 0, descriptor: null }).problems).toEqual(['no-face']);
    expect(inPassing({ faces: 2, descriptor: null }).problems).toEqual(['two-faces']);
  });

  it('says once why nothing could be compared', () => {
    const dark = rest.map(() => ({ brightness: 10 }));
    expect(check([dark, dark]).problems).not.toContain('not-frontal');
    expect(check([dark, dark]).problems[0]).toBe('too-dark');
  });
});
