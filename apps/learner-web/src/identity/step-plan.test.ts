import { expect, it } from 'vitest';
import { challengeWith } from '../study/testing.ts';
import { MovementWatch } from './movement-watch.ts';
import { planStep } from './step-plan.ts';

it.each([
  ['look ahead', challengeWith(), [700, 1_100, 1_500], 1_500],
  ['turn', challengeWith({ prompt: 'turn-left' }), [600, 1_050, 1_500], 3_200],
  ['a mouth is too small to be watched', challengeWith({ prompt: 'open-mouth' }), [600, 1_300, 2_000], 2_000],
  ['two pictures', challengeWith({ prompt: 'turn-right', framesPerStep: 2 }), [600, 1_500], 3_200],
  ['one picture', challengeWith({ prompt: 'come-closer', framesPerStep: 1 }), [1_500], 3_200],
  ['little time', challengeWith({ prompt: 'turn-left', stepMs: 2_500 }), [500, 750, 1_000], 1_000],
])('%s', (_name, challenge, atMs, latestMs) => {
  expect(planStep(challenge)).toEqual({ atMs, latestMs });
});

const grid = (left: number, right: number) => Uint8Array.from({ length: 100 }, (_, at) => (at % 10 < 5 ? left : right));

it('sees a movement begin and come to rest', () => {
  const watch = new MovementWatch(grid(100, 100));
  expect(watch.look(grid(103, 97))).toBe('none');
  expect(watch.look(grid(110, 90))).toBe('under-way');
  expect(watch.look(grid(130, 70))).toBe('under-way');
  expect(watch.look(grid(131, 70))).toBe('done');
});

it('takes a lamp that is switched on for no movement', () => {
  const watch = new MovementWatch(grid(100, 100));
  expect(watch.look(grid(180, 180))).toBe('none');
});
