import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as Core from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findFaces } from '../../testing/faces.ts';
import { drawing } from '../../testing/hostile-pictures.ts';
import { decodePicture } from './decode-picture.ts';
import { type FaceModels, loadFaceModels } from './face-models.ts';

const MOST_MS = 120_000;
const faces = findFaces();
// The very instance that the engine uses.
const core = createRequire(import.meta.url)('@tensorflow/tfjs-core') as typeof Core;
let models: FaceModels;
beforeAll(async () => {
  models = await loadFaceModels();
}, MOST_MS);

describe('the networks', () => {
  it('run on WebAssembly and find nothing in a drawing', { timeout: MOST_MS }, async () => {
    expect(core.getBackend()).toBe('wasm');
    const nothing = { count: 0, largest: null, descriptor: null };
    expect(await models.find(await decodePicture(await drawing()))).toEqual(nothing);
  });

  it.each([
    ['one pixel', 1, 1],
    ['a line', 640, 1],
    ['a small square', 20, 20],
  ])('take %s', { timeout: MOST_MS }, async (_, width, height) => {
    const rgb = new Uint8Array(width * height * 3).fill(128);
    expect(await models.find({ rgb, width, height })).toMatchObject({ count: 0 });
  });

  it.skipIf(faces === null)(
    'find a face whichever way the picture hangs, and leave no memory behind',
    { timeout: MOST_MS },
    async () => {
      const [, b2 = ''] = faces?.personB ?? [];
      const picture = await decodePicture(await readFile(b2));
      await models.find(picture, true);
      const before = core.memory().numTensors;
      const found = await models.find(picture, true);
      expect(found.count).toBe(1);
      expect(found.descriptor).toHaveLength(128);
      expect(found.largest?.landmarks).toHaveLength(68);
      expect(core.memory().numTensors).toBe(before);
    },
  );

  it('join tensors as the backend does', () => {
    const one = core.tensor3d([1, 2, 3, 4], [2, 2, 1]);
    const two = core.tensor3d([10, 20, 30, 40, 50, 60, 70, 80], [2, 2, 2]);
    expect(Array.from(core.concat([one, two], 2).dataSync())).toEqual([1, 10, 20, 2, 30, 40, 3, 50, 60, 4, 70, 80]);
    expect(core.concat([one, two], 2).shape).toEqual([2, 2, 3]);
    expect(Array.from(core.concat([two, two], 0).dataSync())).toHaveLength(16);
    const whole = core.tensor1d([1, 2], 'int32');
    expect(core.concat([whole, whole]).dtype).toBe('int32');
  });
});
