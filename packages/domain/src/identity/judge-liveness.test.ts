import { describe, expect, it } from 'vitest';
import { type FrameMeasures, type IdentityProblem, judgeLiveness, type LivenessPrompt } from './index.ts';
import { livenessPrompts } from './challenge.ts';
import { faceLimits, framesOf, moved, obedient, type Script } from './testing/frames.ts';

const judge = (prompts: readonly LivenessPrompt[], script: Script) =>
  judgeLiveness(prompts, framesOf(script), faceLimits);
const rest = [{}, {}, {}];

describe('a live person', () => {
  const challenges: LivenessPrompt[][] = [
    ['turn-left'],
    ['turn-right', 'open-mouth'],
    ['come-closer', 'turn-left'],
    ['turn-left', 'turn-right', 'open-mouth', 'come-closer'],
  ];
  it.each(challenges.map((prompts) => [prompts] as const))('who does %j passes', (prompts) => {
    expect(judge(prompts, obedient(prompts))).toEqual({ problems: [], signs: [] });
  });

  it('may still come back from the movement before when the next prompt appears', () => {
    const script = [rest, [{}, moved['turn-left']], [moved['turn-left'], {}, moved['turn-right']]];
    expect(judge(['turn-left', 'turn-right'], script).problems).toEqual([]);
  });

  it('may turn so far that the face is lost, if the turn was seen', () => {
    const script = [rest, [{}, moved['turn-left'], { faces: 0, descriptor: null }]];
    expect(judge(['turn-left'], script).problems).toEqual([]);
  });

  it('may come closer and stay there', () => {
    const near = { faceWidthPx: 300 };
    const script = [rest, [{}, near], [near, { ...near, yaw: 0.65 }]];
    expect(judge(['come-closer', 'turn-left'], script).problems).toEqual([]);
  });
});

describe('a movement', () => {
  const limits: [LivenessPrompt, Partial<FrameMeasures>, Partial<FrameMeasures>][] = [
    ['turn-left', { yaw: 0.599 }, { yaw: 0.601 }],
    ['turn-right', { yaw: 0.401 }, { yaw: 0.399 }],
    ['come-closer', { faceWidthPx: 249.9 }, { faceWidthPx: 250 }],
    ['open-mouth', { mouthOpen: 0.299 }, { mouthOpen: 0.3 }],
  ];
  it.each(limits)('%s counts from its limit on', (prompt, less, enough) => {
    expect(judge([prompt], [rest, [{}, less]]).problems).toContain('prompt-missed');
    expect(judge([prompt], [rest, [{}, enough]]).problems).toEqual([]);
  });

  it('of lips that are never closed is measured from where they rest', () => {
    const open = (mouthOpen: number) => ({ mouthOpen });
    const start = [open(0.25), open(0.25)];
    expect(judge(['open-mouth'], [start, [open(0.25), open(0.399)]]).problems).toContain('prompt-missed');
    expect(judge(['open-mouth'], [start, [open(0.25), open(0.401)]]).problems).toEqual([]);
  });

  it.each(livenessPrompts)('%s may be there by the first picture of its step', (prompt) => {
    expect(judge([prompt], [rest, [moved[prompt], moved[prompt]]]).problems).toEqual([]);
  });

  it.each([
    ['turn-left', { yaw: 0.549 }, { yaw: 0.551 }],
    ['turn-right', { yaw: 0.451 }, { yaw: 0.449 }],
  ] as const)('%s has to begin in its step: half of it was not there before', (prompt, less, half) => {
    const shown = { ...moved['open-mouth'] };
    const script = (before: object) => [rest, [{}, { ...shown, ...before }], [moved[prompt], moved[prompt]]];
    expect(judge(['open-mouth', prompt], script(less)).problems).toEqual([]);
    expect(judge(['open-mouth', prompt], script(half)).problems).toEqual(['prompt-missed']);
  });

  it('goes over into the next one without a rest between them', () => {
    const script = [rest, [{}, moved['turn-left']], [moved['turn-left'], moved['turn-right']]];
    expect(judge(['turn-left', 'turn-right'], script).problems).toEqual([]);
  });

  it('is looked for in its own step: the right movements in the other order fail', () => {
    const script = obedient(['turn-right', 'turn-left']);
    expect(judge(['turn-left', 'turn-right'], script).problems).toEqual([
      'wrong-movement',
      'prompt-missed',
      'not-live',
    ]);
  });

  const unasked: [LivenessPrompt, Partial<FrameMeasures>, Partial<FrameMeasures>][] = [
    ['turn-left', { yaw: 0.401 }, { yaw: 0.399 }],
    ['turn-right', { yaw: 0.599 }, { yaw: 0.601 }],
    ['open-mouth', { yaw: 0.549 }, { yaw: 0.61 }],
    ['come-closer', { mouthOpen: 0.17 }, { mouthOpen: 0.6 }],
  ];
  it.each(unasked)('%s: another movement beside it fails', (prompt, small, large) => {
    expect(judge([prompt], [rest, [{}, small, moved[prompt]]]).problems).toEqual([]);
    expect(judge([prompt], [rest, [{}, large, moved[prompt]]]).problems).toEqual(['wrong-movement']);
  });

  it('of the step before is wrong once the head was at rest', () => {
    const script = [rest, [{}, moved['turn-left']], [{}, moved['turn-left'], moved['turn-right']]];
    expect(judge(['turn-left', 'turn-right'], script).problems).toEqual(['wrong-movement']);
  });
});

describe('time', () => {
  const after = (ms: number) => {
    const frames = framesOf(obedient(['turn-left']));
    const shown = frames.at(-3)?.atMs ?? 0;
    return frames.map((frame, at) => (at === frames.length - 1 ? { ...frame, atMs: shown + ms } : frame));
  };
  it('a movement in the last millisecond counts, one later is too slow', () => {
    expect(judgeLiveness(['turn-left'], after(8000), faceLimits).problems).toEqual([]);
    expect(judgeLiveness(['turn-left'], after(8001), faceLimits).problems).toEqual(['too-slow']);
  });

  it('only ever goes on', () => {
    const frames = framesOf(obedient(['turn-left']));
    for (const ms of [0, -1])
      expect(
        judgeLiveness(
          ['turn-left'],
          frames.map((frame, at) => (at === 4 ? { ...frame, atMs: (frames[3]?.atMs ?? 0) + ms } : frame)),
          faceLimits,
        ).problems,
      ).toEqual(['unreadable']);
  });

  const disorders: [string, number[]][] = [
    ['a step is missing', [-1, -1, 1, 1]],
    ['a step is too many', [-1, -1, 0, 0, 1, 1, 2, 2]],
    ['steps are mixed', [-1, 0, -1, 0, 1, 1]],
    ['nobody looks ahead first', [0, 0, 1, 1]],
    ['there is nothing', []],
  ];
  it.each(disorders)('%s: refused as a whole', (_, steps) => {
    const [picture] = framesOf([[{}]]);
    if (!picture) throw new Error('no picture');
    const frames = steps.map((step, at) => ({ ...picture, step, atMs: at * 100 }));
    expect(judgeLiveness(['turn-left', 'turn-right'], frames, faceLimits).problems).toEqual(['unreadable']);
  });
});

describe('the start', () => {
  const starts: [string, Partial<FrameMeasures>[], IdentityProblem[]][] = [
    ['two good pictures are enough', [{}, { yaw: 0.7 }, {}], []],
    ['one is not', [{ yaw: 0.61 }, { yaw: 0.61 }, {}], ['not-frontal']],
    ['one picture alone is not', [{}], ['not-frontal']],
    ['too far away', [{ faceWidthPx: 159 }, { faceWidthPx: 159 }], ['too-small']],
    ['dark', [{ brightness: 34 }, { brightness: 34 }], ['too-dark']],
  ];
  it.each(starts)('%s', (_, start, problems) => {
    expect(judge(['open-mouth'], [start, [{}, { mouthOpen: 0.6 }]]).problems).toEqual(problems);
  });

  it('without a face tells only that', () => {
    const none = { faces: 0, faceWidthPx: 0, descriptor: null, yaw: 0, pitch: 0 };
    expect(
      judge(
        ['turn-left'],
        [
          [none, none],
          [none, none],
        ],
      ).problems,
    ).toEqual(['no-face']);
    const dark = { ...none, brightness: 2 };
    expect(
      judge(
        ['turn-left'],
        [
          [dark, dark],
          [dark, dark],
        ],
      ).problems,
    ).toEqual(['too-dark', 'no-face']);
  });
});
