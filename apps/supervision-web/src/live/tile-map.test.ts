import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionPathOf } from './region-path.ts';
import { colourOf, colourSteps, layTiles, perThousand, shortName } from './tile-map.ts';

const guangdong = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 51, 52, 53].map(
  (n) => `44${String(n).padStart(2, '0')}00`,
);

describe('the map of tiles', () => {
  it('lays the 21 cities of Guangdong out without two on one place', () => {
    const { tiles, geographic } = layTiles(guangdong);
    expect(geographic).toBe(true);
    expect(new Set(tiles.map((tile) => `${tile.column}/${tile.row}`)).size).toBe(21);
  });

  it('keeps neighbours where they are: 佛山 west of 广州, 湛江 the south-west', () => {
    const tile = (code: string) => layTiles(guangdong).tiles.find((one) => one.code === code);
    expect(tile('440600')).toMatchObject({ column: (tile('440100')?.column ?? 0) - 1, row: tile('440100')?.row });
    expect(tile('440800')).toMatchObject({ column: 1, row: 5 });
  });

  it('lays anything else out in the order of its codes', () => {
    const { tiles, columns, geographic } = layTiles(['460200', '460100', '460400']);
    expect(geographic).toBe(false);
    expect(columns).toBe(3);
    expect(tiles.map((tile) => tile.code)).toEqual(['460100', '460200', '460400']);
    expect(layTiles(['440103', '440104']).geographic).toBe(false);
  });
});

describe('colours', () => {
  it('has rising steps within the values, and none when nobody studies', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (values) => {
        const steps = colourSteps(values);
        expect([...steps].sort((a, b) => a - b)).toEqual(steps);
        expect(steps.length).toBeLessThanOrEqual(4);
        for (const step of steps) expect(step).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
    expect(colourSteps([0, 0])).toEqual([]);
    expect(colourOf(0, colourSteps([0, 2318]))).toBe(0);
    expect(colourOf(2318, colourSteps([0, 2318]))).toBe(4);
  });
});

describe('names and numbers', () => {
  it('shortens names where something is left', () => {
    expect(['广州市', '越秀区', '高州市', '博罗县', '沙县'].map(shortName)).toEqual([
      '广州',
      '越秀',
      '高州',
      '博罗',
      '沙县',
    ]);
  });

  it('counts per thousand with one decimal', () => {
    expect(perThousand(5, 400)).toBe(12.5);
    expect(perThousand(5, 0)).toBe(0);
  });

  it('walks from the own region down and never above it', () => {
    expect(regionPathOf('440104', '440000')).toEqual(['440000', '440100', '440104']);
    expect(regionPathOf('440104', '440100')).toEqual(['440100', '440104']);
    expect(regionPathOf('441900', '440000')).toEqual(['440000', '441900']);
    expect(regionPathOf('440104', '440104')).toEqual(['440104']);
  });
});
