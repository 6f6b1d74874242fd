import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaAttacks } from './testing/media-attacks.ts';
import { makeMediaWorld, type MediaWorld, Viewer } from './testing/media-world.ts';
import { findDifferences, startStudyBench, type StudyBench } from './testing/study-bench.ts';

/** Whole seconds of the video. */
const SECONDS = 40;

let bench: StudyBench;
let world: MediaWorld;

beforeAll(async () => {
  bench = await startStudyBench();
  world = await makeMediaWorld(bench);
});
afterAll(() => bench?.close());

describe('ways to get seconds of a video that was never sent (Guangdong inspection table item 11)', () => {
  it('an honest player gets them all, in whatever grades and however the network behaves', async () => {
    const viewer = await Viewer.begin(bench, world);
    await viewer.segment(10, 'gaoqing');
    await viewer.play(SECONDS, async (second) => {
      const index = second / 4;
      if (index % 3 === 0) await viewer.get(`gaoqing/00${index}.ts`, { range: 'bytes=0-99999' });
      await viewer.segment(index, (['liuchang', 'biaoqing', 'gaoqing'] as const)[index % 3]);
    });
    await viewer.finish();
    await viewer.settle();
    expect(await viewer.ledgerSeconds()).toBe(SECONDS);
    expect([...(await viewer.marks())]).not.toContain('refused: media-missing');
    expect(await findDifferences(bench, viewer.personId)).toEqual([]);
  });

  it('where the rule set does not ask, what was sent is nobody’s business', async () => {
    const unasked = await makeMediaWorld(bench, { scheme: 'road-transport' });
    const viewer = await Viewer.begin(bench, unasked);
    await viewer.play(SECONDS);
    await viewer.finish();
    await viewer.settle();
    expect(await viewer.ledgerSeconds()).toBe(SECONDS);
  });

  it('are each a play of its own', () => {
    expect(new Set(mediaAttacks.map(({ name }) => name)).size).toBe(mediaAttacks.length);
  });

  it.each(mediaAttacks)('$name', async ({ most, marks, run }) => {
    const viewer = await Viewer.begin(bench, world);
    await run(viewer, SECONDS);
    await viewer.settle();
    expect(await viewer.ledgerSeconds()).toBeLessThanOrEqual(most);
    const left = await viewer.marks();
    expect(
      marks.some((mark) => left.has(mark)),
      `evidence: one of ${marks.join(', ')} in ${[...left].join(', ')}`,
    ).toBe(true);
    expect(await findDifferences(bench, viewer.personId)).toEqual([]);
  });

  it('a hole is named while there is time to fill it, and filling it brings the seconds', async () => {
    const viewer = await Viewer.begin(bench, world);
    const sent = async (second: number) => (second === 8 ? undefined : viewer.segment(second / 4));
    const status = await viewer.play(SECONDS, sent);
    expect(status).toMatchObject({
      state: 'held',
      reason: 'media-missing',
      goToMs: 8_000,
      creditedSeconds: SECONDS - 4,
    });
    await viewer.segment(2);
    await viewer.finish();
    await viewer.settle();
    expect(await viewer.ledgerSeconds()).toBe(SECONDS);
  });
});
