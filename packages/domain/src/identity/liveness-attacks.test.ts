import { describe, expect, it } from 'vitest';
import { type FrameMeasures, judgeLiveness, type LivenessPrompt } from './index.ts';
import { descriptorAt, faceLimits, framesOf, gridAt, moved, type Script } from './testing/frames.ts';

const judge = (prompts: readonly LivenessPrompt[], script: Script) =>
  judgeLiveness(prompts, framesOf(script), faceLimits);
const rest = [{}, {}, {}];

describe('attacks', () => {
  const flat: [string, Partial<FrameMeasures>[]][] = [
    ['a still photo', [{}, {}, {}]],
    // Turning in the plane and tilting a flat picture leave the nose where it is between the ends of the jaw.
    ['a photo that is brought closer', [{}, { faceWidthPx: 260 }, { faceWidthPx: 320 }]],
    ['a photo that is tilted', [{}, { faceWidthPx: 150, yaw: 0.54 }, { faceWidthPx: 120, yaw: 0.58 }]],
  ];
  it.each(flat)('%s fails every challenge that can be drawn', (_, pictures) => {
    for (const turn of ['turn-left', 'turn-right'] as const)
      expect(judge([turn, 'come-closer'], [rest, pictures, pictures]).problems).toContain('prompt-missed');
    expect(judge(['turn-left'], [rest, pictures]).problems).toEqual(['prompt-missed', 'not-live']);
  });

  it('a recording that shows all movements in every step fails', () => {
    const all = [{}, moved['turn-left'], {}, moved['turn-right'], {}, moved['open-mouth']];
    expect(judge(['turn-left', 'open-mouth'], [rest, all, all]).problems).toContain('wrong-movement');
  });

  it.each([
    [0.449, {}, []],
    [0.451, {}, ['face-changed']],
    [0.599, moved['turn-left'], []],
    [0.601, moved['turn-left'], ['face-changed']],
  ])('another face at distance %d during %j: %j', (distance, movement, problems) => {
    const other = { ...movement, descriptor: descriptorAt(distance) };
    expect(judge(['turn-left'], [rest, [{}, other, moved['turn-left']]]).problems).toEqual(problems);
  });

  it('two faces taking turns before the first prompt', () => {
    const start = [{}, { descriptor: descriptorAt(0.8) }];
    expect(judge(['turn-left'], [start, [{}, moved['turn-left']]]).problems).toEqual(['face-changed']);
  });

  it('a second person who looks in', () => {
    expect(judge(['turn-left'], [rest, [{}, { faces: 2, descriptor: null }, moved['turn-left']]]).problems).toEqual([
      'two-faces',
    ]);
  });

  const loop = (distance: number): Script => [
    [{ grid: gridAt(0) }, { grid: gridAt(3) }],
    [{ grid: gridAt(6) }, { ...moved['turn-left'], grid: gridAt(9) }],
    [{ grid: gridAt(distance) }, { ...moved['turn-right'], grid: gridAt(14) }],
  ];
  it('a loop shows the same shot again after the head moved', () => {
    const prompts: LivenessPrompt[] = ['turn-left', 'turn-right'];
    expect(judge(prompts, loop(0)).problems).toEqual(['replayed']);
    expect(judge(prompts, loop(0.149)).problems).toEqual(['replayed']);
    expect(judge(prompts, loop(0.151)).problems).toEqual([]);
  });

  it('the same shot twice without a movement in between is only a camera that stutters', () => {
    const script = [rest, [{ grid: gridAt(50) }, { grid: gridAt(50) }, moved['turn-left']]];
    expect(judge(['turn-left'], script).problems).toEqual([]);
  });

  it('many shots that are nearly alike are looked at by a person', () => {
    const script: Script = [
      [{ grid: gridAt(0) }, { grid: gridAt(3) }],
      [{ grid: gridAt(6) }, { ...moved['turn-left'], grid: gridAt(9) }],
      [
        { grid: gridAt(0.2) },
        { grid: gridAt(3.2) },
        { grid: gridAt(6.2) },
        { ...moved['turn-right'], grid: gridAt(14) },
      ],
    ];
    expect(judge(['turn-left', 'turn-right'], script)).toEqual({ problems: [], signs: ['looped-frames'] });
  });

  it.each([
    [0.029, ['still-frames']],
    [0.031, []],
  ])('a step whose pictures differ by %d: %j', (difference, signs) => {
    const still = [{ grid: gridAt(0) }, { grid: gridAt(difference) }];
    expect(judge(['turn-left'], [still, [{}, moved['turn-left']]]).signs).toEqual(signs);
  });

  it.each([
    ['frame', 'screen-edges'],
    ['moire', 'moire'],
  ] as const)('%s in half of the pictures is a sign, in fewer it is chance', (measure, sign) => {
    const high = { [measure]: measure === 'frame' ? 0.85 : 50 };
    const step = [{}, moved['turn-left']];
    expect(judge(['turn-left'], [[high, high], step]).signs).toEqual([sign]);
    expect(judge(['turn-left'], [[high, {}], step]).signs).toEqual([]);
  });
});
