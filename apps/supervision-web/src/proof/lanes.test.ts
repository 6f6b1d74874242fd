import { describe, expect, it } from 'vitest';
import { longestAbsence, networkGaps, otherDevices, pageSpans, presenceSigns } from './lanes.ts';
import { placeLabels, textWidthPx } from './place-labels.ts';
import { at, sampleModel, T0 } from './testing/sample-proof.ts';

const s = (ms: number) => (ms - T0) / 1000;

describe('lanes', () => {
  const model = sampleModel();

  it('merge the page into spans in front and behind', () => {
    expect(pageSpans(model).map((span) => [s(span.fromMs), s(span.toMs), span.hidden])).toEqual([
      [0, 100, false],
      [100, 150, true],
      [150, 530, false],
      [530, 590, true],
      [590, 600, false],
    ]);
  });

  it('show late reports as one bridged silence from the report before them', () => {
    expect(networkGaps(model).map((gap) => [gap.kind, s(gap.fromMs), s(gap.toMs), gap.reports])).toEqual([
      ['bridged', 400, 430, 2],
    ]);
  });

  it('show a silence that was too long as lost', () => {
    const lost = {
      ...sampleModel().stretches[3],
      fromMs: T0,
      toMs: T0 + 1,
      mediaFromMs: 0,
      mediaToMs: 0,
      creditedSeconds: 0,
      creditedBefore: 0,
      kind: 'refused',
      reason: 'network-gap',
    } as const;
    expect(networkGaps({ ...model, beats: [], stretches: [lost] })).toMatchObject([{ kind: 'lost', reports: 0 }]);
  });

  it('find the longest time without a sign of the learner', () => {
    expect(presenceSigns(model).map(s)).toEqual([0, 0, 150, 260, 500]);
    const longest = longestAbsence(model);
    expect([s(longest?.fromMs ?? 0), s(longest?.toMs ?? 0)]).toEqual([260, 500]);
  });

  it('take in other sessions of the same time only', () => {
    const other = { sessionId: 'x', deviceKind: 'phone', deviceName: 'Android' };
    const list = [
      { ...other, from: at(500), to: null },
      { ...other, from: at(-900), to: at(-10) },
    ];
    expect(otherDevices(list, model.whole).map((one) => [s(one.fromMs), s(one.toMs)])).toEqual([[500, 600]]);
  });
});

describe('labels', () => {
  const label = (key: number, leftPercent: number, align: 'start' | 'middle' | 'end' = 'start') => ({
    key,
    leftPercent,
    widthPx: 50,
    align,
  });
  const keys = (labels: ReturnType<typeof label>[], plotPx = 500) => placeLabels(labels, plotPx).map((one) => one.key);

  it('keep the earlier one where two overlap', () => {
    expect(keys([label(1, 10), label(2, 15), label(3, 40)])).toEqual([1, 3]);
  });

  it('stay inside the plot', () => {
    expect(keys([label(1, 95), label(2, 100, 'end'), label(3, 2, 'middle')])).toEqual([2]);
  });

  it('count full-width characters as one em', () => {
    expect(textWidthPx('计入', 12)).toBe(24);
    expect(textWidthPx('07', 10)).toBeCloseTo(11.2);
  });
});
