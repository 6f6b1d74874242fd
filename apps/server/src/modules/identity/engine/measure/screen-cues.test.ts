import { describe, expect, it } from 'vitest';
import type { Box } from './face-models.ts';
import { detailOf, gridOf, type Luma, scaleLuma } from './luma.ts';
import { frameAround, moireOf } from './screen-cues.ts';

const width = 480;
const height = 640;
const face: Box = { x: 150, y: 220, width: 180, height: 200 };
/** Numbers that look random and are always the same. */
const noise = (x: number, y: number) => {
  let mixed = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296 - 0.5;
};
function draw(at: (x: number, y: number) => number): Luma {
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) values[y * width + x] = at(x, y);
  return { values, width, height };
}
const room = (x: number, y: number) => 120 + 20 * Math.sin(x / 60) + 15 * Math.cos(y / 45) + 8 * noise(x, y);

describe('the frame of a print', () => {
  /** A lighter rectangle around the face, turned by so much. */
  const print = (turn: number, isHidden: (x: number, y: number) => boolean = () => false) =>
    draw((x, y) => {
      const dx = (x - 240) * Math.cos(turn) + (y - 320) * Math.sin(turn);
      const dy = (y - 320) * Math.cos(turn) - (x - 240) * Math.sin(turn);
      const isInside = Math.abs(dx) < 150 && Math.abs(dy) < 210 && !isHidden(x, y);
      return room(x, y) + (isInside ? 60 : 0);
    });

  it.each([0, 0.03, -0.06])('is seen, also when it is turned by %d', (turn) => {
    expect(frameAround(print(turn), face)).toBeGreaterThanOrEqual(0.85);
  });

  it('is seen with one side behind a hand, not with two', () => {
    expect(
      frameAround(
        print(0, (_, y) => y > 470),
        face,
      ),
    ).toBeGreaterThanOrEqual(0.85);
    // Beyond these lines nothing of the print is left, so they must not be straight themselves.
    const isTorn = (x: number, y: number) => y > 470 + 40 * noise(x, 1) || x > 355 + 40 * noise(1, y);
    expect(frameAround(print(0, isTorn), face)).toBeLessThan(0.85);
  });

  it('is not seen in a room', () => {
    expect(frameAround(draw(room), face)).toBeLessThan(0.5);
  });

  it('is not the edge of a door on one side', () => {
    expect(
      frameAround(
        draw((x, y) => room(x, y) + (x > 400 ? 70 : 0)),
        face,
      ),
    ).toBeLessThan(0.5);
  });
});

describe('the pattern of a screen', () => {
  const pattern = (strength: number) => draw((x, y) => room(x, y) + strength * Math.sin(x * 1.9 + y * 0.7));
  it('stands out of the noise', () => {
    expect(moireOf(pattern(0), face)).toBeLessThan(25);
    expect(moireOf(pattern(4), face)).toBeGreaterThan(50);
  });

  it('is not looked for in small faces', () => {
    expect(moireOf(pattern(8), { ...face, width: 127 })).toBe(0);
  });
});

describe('luma', () => {
  it('has a grid of means', () => {
    const halves = draw((x) => (x < width / 2 ? 10 : 200));
    const grid = gridOf(halves, 16);
    expect(grid).toHaveLength(256);
    expect(grid.slice(0, 16)).toEqual([...Array(8).fill(10), ...Array(8).fill(200)]);
  });

  it('scales what lies inside a box, and goes on beyond the edge', () => {
    const slope = draw((x) => x);
    const scaled = scaleLuma(slope, { x: 100, y: 100, width: 160, height: 160 }, 16);
    expect(scaled.values[0]).toBeCloseTo(104.5, 0);
    expect(scaled.values[15]).toBeCloseTo(254.5, 0);
    expect(scaleLuma(slope, { x: -50, y: -50, width: 20, height: 20 }, 4).values[0]).toBe(0);
  });

  it('without any change has no detail', () => {
    expect(detailOf(draw(() => 90))).toBe(0);
    expect(detailOf(draw(room))).toBeGreaterThan(10);
  });
});
