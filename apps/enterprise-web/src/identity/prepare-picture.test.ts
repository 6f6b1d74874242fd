import { describe, expect, it } from 'vitest';
import { fitted, LONGEST_PX, pictureOfFile } from './prepare-picture.ts';

describe('the size of a picture to send', () => {
  it.each([
    [4000, 3000, 1280, 960],
    [3000, 4000, 960, 1280],
    [1280, 720, 1280, 720],
    [1281, 1281, 1280, 1280],
    [320, 240, 320, 240],
    [9000, 1, 1280, 1],
    [0, 0, 1, 1],
  ])('%i x %i becomes %i x %i', (width, height, toWidth, toHeight) => {
    expect(fitted(width, height, LONGEST_PX)).toEqual({ width: toWidth, height: toHeight });
  });
});

it('does not try a file that is too large', async () => {
  const huge = { size: 25 * 1024 * 1024 + 1 } as Blob;
  await expect(pictureOfFile(huge)).rejects.toMatchObject({ problem: 'too-big' });
});
