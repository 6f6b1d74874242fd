import { describe, expect, it } from 'vitest';
import { drawPositions, positionAt, positionRange } from './position-line.ts';
import { sampleBeats, sampleModel, T0 } from './testing/sample-proof.ts';

const s = (ms: number) => (ms - T0) / 1000;

describe('the position line', () => {
  const runs = drawPositions(sampleModel());

  it('climbs, lies, jumps and falls back as reported', () => {
    expect(runs.map((run) => run.look)).toEqual([
      'credited',
      'standing',
      'credited',
      'refused',
      'jump',
      'refused',
      'jump',
      'credited',
      'standing',
    ]);
  });

  it('draws a jump as an upright line at the time it was known', () => {
    const jumps = runs
      .filter((run) => run.look === 'jump')
      .map((run) => run.points.map(([at, media]) => [s(at), media / 1000]));
    expect(jumps).toEqual([
      [
        [260, 200],
        [260, 500],
      ],
      [
        [300, 500],
        [300, 200],
      ],
    ]);
  });

  it('is one line without a hole in time', () => {
    for (const [index, run] of runs.entries()) {
      const before = runs[index - 1]?.points.at(-1);
      if (before) expect(run.points[0]).toEqual(before);
    }
  });

  it('draws nothing where nothing was reported', () => {
    expect(drawPositions({ ...sampleModel(), beats: [] })).toEqual([]);
    expect(s(runs.at(-1)?.points.at(-1)?.[0] ?? 0)).toBe(590);
  });
});

describe('the position at an instant', () => {
  it('lies between the two reports around it while it plays, and stands otherwise', () => {
    expect(positionAt(sampleBeats(), T0 + 50_000)).toBe(50_000);
    expect(positionAt(sampleBeats(), T0 + 130_000)).toBe(100_000);
    expect(positionAt(sampleBeats(), T0 + 280_000)).toBe(500_000);
    expect(positionAt([], T0)).toBeNull();
  });
});

describe('the range of the line', () => {
  it('is the whole lesson when much of it was seen, else the part with some air', () => {
    const beats = sampleBeats();
    expect(positionRange(beats, 1_000_000)).toEqual({ fromMs: 0, toMs: 1_000_000 });
    const { fromMs, toMs } = positionRange(beats, 10_000_000);
    expect(fromMs).toBe(0);
    expect(toMs).toBe(575_000);
    expect(positionRange([], 60_000)).toEqual({ fromMs: 0, toMs: 60_000 });
  });
});
