import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Interval, lengthOf, unite } from '../study/index.ts';
import {
  awardableOf,
  countedOf,
  countOfSession,
  intersect,
  type LedgerMove,
  restorableOf,
  voidableOf,
  voidedOf,
} from './counted-media.ts';

const span = (from: number, to: number): Interval => ({ from, to });
const credit = (sessionId: string, ...media: Interval[]): LedgerMove => ({ sessionId, sign: 1, media });
const take = (sessionId: string, ...media: Interval[]): LedgerMove => ({ sessionId, sign: -1, media });

describe('what a later decision moves', () => {
  const once = [credit('a', span(0, 60)), credit('a', span(90, 120)), credit('b', span(60, 90))];
  const voidCases: [title: string, moves: LedgerMove[], asked: Interval[] | null, taken: Interval[]][] = [
    ['all of a session leaves the other session alone', once, null, [span(0, 60), span(90, 120)]],
    ['a stretch over both sessions takes the own part only', once, [span(50, 100)], [span(50, 60), span(90, 100)]],
    ['the second before the edge counts, the edge does not', once, [span(59, 60)], [span(59, 60)]],
    ['a stretch that begins at the edge takes nothing', once, [span(60, 90)], []],
    ['what was voided cannot be voided again', [...once, take('a', span(0, 60))], [span(0, 100)], [span(90, 100)]],
    [
      'what was restored can be voided again',
      [...once, take('a', span(0, 60)), credit('a', span(0, 60))],
      [span(0, 10)],
      [span(0, 10)],
    ],
    ['stretches that overlap are taken once', once, [span(0, 20), span(10, 30)], [span(0, 30)]],
  ];
  it.each(voidCases)('void: %s', (_title, moves, asked, taken) => {
    expect(voidableOf(countOfSession(moves, 'a'), asked)).toEqual(taken);
  });

  it('a restore gives back what does not count now, and nothing that was studied again since', () => {
    const moves = [...once, take('a', span(0, 60)), credit('c', span(10, 20))];
    expect(restorableOf(countOfSession(moves, 'a'), countedOf(moves))).toEqual([span(0, 10), span(20, 60)]);
  });

  it('a restore after nothing was voided gives nothing', () => {
    expect(restorableOf(countOfSession(once, 'a'), countedOf(once))).toEqual([]);
  });

  it('a restore gives what was refused as well, once', () => {
    const count = countOfSession(once, 'a', [[span(120, 150)], [span(140, 160)]]);
    expect(restorableOf(count, countedOf(once))).toEqual([span(120, 160)]);
    const after = [...once, credit('a', span(120, 160))];
    expect(restorableOf(countOfSession(after, 'a', [[span(120, 160)]]), countedOf(after))).toEqual([]);
  });

  it('voided is what does not count now, whoever studied it again', () => {
    const moves = [...once, take('a', span(0, 60)), credit('c', span(10, 20)), credit('a', span(40, 60))];
    expect(voidedOf(countOfSession(moves, 'a'))).toEqual([span(0, 40)]);
  });

  it('an award leaves out what the lesson has by now', () => {
    expect(awardableOf([span(80, 130), span(125, 140)], countedOf(once))).toEqual([span(120, 140)]);
  });

  it('has nothing in common at a touching edge', () => {
    expect(intersect([span(0, 10)], [span(10, 20)])).toEqual([]);
    expect(intersect([span(0, 11)], [span(10, 20)])).toEqual([span(10, 11)]);
  });
});

const spanArb = fc
  .tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]) => span(from, from + length));
const setArb = fc.array(spanArb, { minLength: 1, maxLength: 4 }).map((spans) => unite(spans));
const sessionArb = fc.constantFrom('a', 'b', 'c');
const operationArb = fc.oneof(
  fc.record({ type: fc.constant('credit' as const), sessionId: sessionArb, set: setArb }),
  fc.record({ type: fc.constant('void' as const), sessionId: sessionArb, set: fc.option(setArb, { nil: null }) }),
  fc.record({ type: fc.constant('restore' as const), sessionId: sessionArb }),
  fc.record({ type: fc.constant('award' as const), sessionId: sessionArb, set: setArb }),
);

describe('any sequence of credit, void, restore and award', () => {
  it('keeps ledger and progress equal, never negative, and counts no second twice', () => {
    fc.assert(
      fc.property(fc.array(operationArb, { maxLength: 40 }), (operations) => {
        const moves: LedgerMove[] = [];
        let ledgerSeconds = 0;
        let viewed: Interval[] = [];
        for (const operation of operations) {
          const { sessionId } = operation;
          const count = countOfSession(moves, sessionId);
          const sign = operation.type === 'void' ? -1 : 1;
          const media =
            operation.type === 'void'
              ? voidableOf(count, operation.set)
              : operation.type === 'restore'
                ? restorableOf(count, viewed)
                : awardableOf(operation.set, viewed);
          if (media.length === 0) continue;
          moves.push({ sessionId, sign, media });
          ledgerSeconds += sign * lengthOf(media);
          viewed = countedOf(moves);
          expect(lengthOf(viewed)).toBe(ledgerSeconds);
          expect(ledgerSeconds).toBeGreaterThanOrEqual(0);
          const parts = ['a', 'b', 'c'].map((one) => countOfSession(moves, one).now);
          // Every counted second belongs to exactly one session.
          expect(parts.reduce((sum, part) => sum + lengthOf(part), 0)).toBe(lengthOf(viewed));
          expect(unite(...parts)).toEqual(viewed);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
