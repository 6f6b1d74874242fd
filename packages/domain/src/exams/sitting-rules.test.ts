import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsAtMsOf, foldSaves, givenBefore, isOver, type SavedAnswers, stillCounts } from './sitting-rules.ts';

const MINUTE = 60_000;
const times = { startedAtMs: 0, durationSeconds: 90 * 60, extraSeconds: 0, closesAtMs: 200 * MINUTE };

describe('The clock of a sitting', () => {
  it.each([
    ['its whole time', {}, 90 * MINUTE],
    ['only what is left of the window', { closesAtMs: 60 * MINUTE }, 60 * MINUTE],
    ['extra time besides', { extraSeconds: 600 }, 100 * MINUTE],
    ['extra time after the window as well', { closesAtMs: 60 * MINUTE, extraSeconds: 600 }, 70 * MINUTE],
  ])('gives %s', (_, change, endMs) => {
    expect(endsAtMsOf({ ...times, ...change })).toBe(endMs);
  });

  it.each([
    ['at the end', 0, true],
    ['in the last second of the grace', 120_000, true],
    ['a millisecond after the grace', 120_001, false],
  ])('counts what arrives %s: %s ms after', (_, afterMs, counts) => {
    expect(stillCounts(90 * MINUTE + afterMs, 90 * MINUTE, 120)).toBe(counts);
    expect(isOver(90 * MINUTE + afterMs, 90 * MINUTE, 120)).toBe(!counts);
  });
});

describe('What stands after all saves', () => {
  const save = (deviceId: string, seq: number, answer: string, over: Partial<SavedAnswers> = {}): SavedAnswers => ({
    deviceId,
    seq,
    receivedAtMs: 0,
    counts: true,
    overtakenAtMs: null,
    answers: [{ item: 0, answer: answer as 'A' }],
    ...over,
  });
  const standing = (...saves: SavedAnswers[]): unknown => foldSaves(saves).get(0)?.answer;

  it.each<[string, SavedAnswers[], string | undefined]>([
    ['the last of one device', [save('a', 1, 'A'), save('a', 2, 'B')], 'B'],
    ['the newer one, although an older one arrives after it', [save('a', 2, 'B'), save('a', 1, 'A')], 'B'],
    ['the last receipt over devices', [save('a', 9, 'A'), save('b', 1, 'B')], 'B'],
    ['not what came too late', [save('a', 1, 'A'), save('a', 2, 'B', { counts: false })], 'A'],
    [
      'what a replaced device had, where the other one has nothing',
      [
        save('b', 1, 'B', { receivedAtMs: 50, answers: [] }),
        save('a', 1, 'A', { receivedAtMs: 90, overtakenAtMs: 40 }),
      ],
      'A',
    ],
    [
      'the answer of the device that took over, although the older one arrives last',
      [save('b', 1, 'B', { receivedAtMs: 50 }), save('a', 9, 'A', { receivedAtMs: 90, overtakenAtMs: 40 })],
      'B',
    ],
    [
      'the answer of the device that took over, given in the very moment',
      [save('b', 1, 'B', { receivedAtMs: 40 }), save('a', 9, 'A', { receivedAtMs: 90, overtakenAtMs: 40 })],
      'B',
    ],
    [
      'the newer one of the replaced device, by its own numbers',
      [save('a', 2, 'A', { receivedAtMs: 30 }), save('a', 1, 'C', { receivedAtMs: 90, overtakenAtMs: 40 })],
      'A',
    ],
    [
      'not an older one of a device that came back meanwhile',
      [
        save('b', 1, 'B', { receivedAtMs: 50 }),
        save('a', 7, 'D', { receivedAtMs: 70 }),
        save('a', 3, 'A', { receivedAtMs: 90, overtakenAtMs: 40 }),
      ],
      'D',
    ],
    [
      'nothing of a replaced device that came too late',
      [save('a', 1, 'A', { receivedAtMs: 90, overtakenAtMs: 40, counts: false })],
      undefined,
    ],
    ['nothing where nothing counts', [save('a', 1, 'A', { counts: false })], undefined],
  ])('is %s', (_, saves, answer) => {
    expect(standing(...saves)).toBe(answer);
  });

  it('is what one device gave last, in whatever order its saves arrive and however often', () => {
    const anySaves = fc.array(fc.record({ item: fc.nat(4), answer: fc.constantFrom('A', 'B', 'C') }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(anySaves, fc.infiniteStream(fc.nat()), (given, noise) => {
        const saves = given.map(({ item, answer }, at) =>
          save('a', at + 1, 'A', { answers: [{ item, answer: answer as 'A' }] }),
        );
        const arrived = [...saves, ...saves]
          .map((one) => ({ one, at: noise.next().value as number }))
          .sort((a, b) => a.at - b.at);
        const last = new Map(given.map(({ item, answer }) => [item, answer]));
        const kept = foldSaves(arrived.map(({ one }) => one));
        expect(new Map([...kept].map(([item, { answer }]) => [item, answer]))).toEqual(last);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('What a replaced device had before', () => {
  it.each([
    ['long before', 10_000, true],
    ['in the very moment', 5_000, true],
    ['a millisecond after', 4_999, false],
    ['just now', 0, false],
  ])('is what it was given %s: %s ms ago', (_, agoMs, isTaken) => {
    expect(givenBefore([{ agoMs }], 65_000, 60_000)).toHaveLength(isTaken ? 1 : 0);
  });
});
