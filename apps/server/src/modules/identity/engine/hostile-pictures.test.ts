import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  animatedWebp,
  boastfulPng,
  foreignBytes,
  plainJpeg,
  talkativePng,
  truncatedJpeg,
  unfoldingPng,
  unusualPictures,
  wordyJpeg,
} from '../testing/hostile-pictures.ts';
import { FaceWorkers } from './work/face-workers.ts';

const MOST_MS = 60_000;
const workers = new FaceWorkers({ pictureMs: MOST_MS });
let pid: number | undefined;
beforeAll(async () => {
  await workers.measure(await plainJpeg());
  pid = workers.pids[0];
}, MOST_MS);
afterAll(() => workers.close());

describe('pictures from strangers', () => {
  it.each(foreignBytes)('%s is unreadable', { timeout: MOST_MS }, async (_, bytes) => {
    expect(await workers.measure(bytes)).toBe('unreadable');
  });

  const hostile: [string, () => Promise<Buffer>][] = [
    ['half a JPEG', truncatedJpeg],
    ['a PNG that claims 30,000 x 30,000', () => Promise.resolve(boastfulPng(30_000, 30_000))],
    ['a PNG that claims 2,147,483,647 x 2,147,483,647', () => Promise.resolve(boastfulPng(2 ** 31 - 1, 2 ** 31 - 1))],
    ['a PNG with fewer pixels than it claims', () => Promise.resolve(boastfulPng(600, 600))],
    ['15 megapixels in some kilobytes', unfoldingPng],
    ['more than four mebibytes', async () => Buffer.concat([await plainJpeg(), Buffer.alloc(4 * 1024 * 1024)])],
  ];
  it.each(hostile)('%s is unreadable', { timeout: MOST_MS }, async (_, make) => {
    expect(await workers.measure(await make())).toBe('unreadable');
  });

  it.each(unusualPictures)('%s opens', { timeout: MOST_MS }, async (_, make) => {
    expect(await workers.measure(await make())).toMatchObject({ faces: 0, descriptor: null });
  });

  it('of an animation only the first page is looked at', { timeout: MOST_MS }, async () => {
    const found = await workers.measure(await animatedWebp());
    expect(found).toMatchObject({ imageWidthPx: 320, imageHeightPx: 240, faces: 0 });
    if (found !== 'unreadable') expect(found.brightness).toBeCloseTo(40, -1);
  });

  it.each([
    ['three megabytes of EXIF', wordyJpeg],
    ['a comment of 200 megabytes', talkativePng],
  ])('%s costs neither the picture nor the process', { timeout: MOST_MS }, async (_, make) => {
    const found = await workers.measure(await make());
    if (found !== 'unreadable') expect(found).toMatchObject({ imageWidthPx: 320, faces: 0 });
  });

  it('none of them ended the process', { timeout: MOST_MS }, async () => {
    expect(await workers.measure(await plainJpeg())).toMatchObject({ faces: 0 });
    expect(workers.pids).toEqual([pid]);
  });
});
