import { type BoardRow, boardAlerts } from '@antu/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertsInOrder, boardFilters, countBoardRows, findBoardRows, isUrgent, sortBoardRows } from './board-rows.ts';
import { boardRow } from './testing/board.ts';

const states = ['absent', 'frozen', 'running', 'submitted', 'timed-out', 'voided', 'marked'] as const;
const anyRow = fc
  .record({
    n: fc.integer({ min: 1, max: 50 }),
    state: fc.constantFrom(...states),
    alerts: fc.uniqueArray(fc.constantFrom(...boardAlerts)),
  })
  .map(({ n, ...change }) => boardRow(n, change));
const tickets = (rows: readonly BoardRow[]) => rows.map((row) => row.ticketNumber);

describe('the order of the board', () => {
  it.each([
    ['an alert before none', [boardRow(1), boardRow(2, { alerts: ['print'] })], ['T0002', 'T0001']],
    [
      'who sits there before what was copied',
      [boardRow(1, { alerts: ['copy', 'print', 'offline'] }), boardRow(2, { alerts: ['identity'] })],
      ['T0002', 'T0001'],
    ],
    [
      'two alerts before one of them',
      [boardRow(1, { alerts: ['silent'] }), boardRow(2, { alerts: ['silent', 'copy'] })],
      ['T0002', 'T0001'],
    ],
    [
      'another face before a missing picture and all that is less',
      [
        boardRow(1, { alerts: ['picture-missing', 'other-device', 'unwatched'] }),
        boardRow(2, { alerts: ['picture-other'] }),
      ],
      ['T0002', 'T0001'],
    ],
    [
      'alerts of somebody who is done are history',
      [boardRow(1, { state: 'marked', alerts: ['identity'] }), boardRow(2)],
      ['T0002', 'T0001'],
    ],
    [
      'those who sit, those who are missing, those who are done',
      [
        boardRow(1, { state: 'voided' }),
        boardRow(2, { state: 'submitted' }),
        boardRow(3, { state: 'absent' }),
        boardRow(4),
      ],
      ['T0004', 'T0003', 'T0002', 'T0001'],
    ],
  ])('%s', (_name, rows, expected) => {
    expect(tickets(sortBoardRows(rows))).toEqual(expected);
  });

  it('puts every urgent row before every other, loses none, and is the same however they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { selector: (row) => row.bookingId }), (rows) => {
        const sorted = sortBoardRows(rows);
        const firstCalm = sorted.findIndex((row) => !isUrgent(row));
        expect(sorted.slice(firstCalm < 0 ? sorted.length : firstCalm).some(isUrgent)).toBe(false);
        expect(new Set(sorted)).toEqual(new Set(rows));
        expect(sortBoardRows(rows.toReversed())).toEqual(sorted);
      }),
    );
  });

  it('names the most pressing alert first', () => {
    expect(alertsInOrder(boardRow(1, { alerts: ['print', 'identity', 'offline'] }))).toEqual([
      'identity',
      'offline',
      'print',
    ]);
  });
});

describe('filters', () => {
  it('everybody is in exactly one stage, and the counts are those of the rows shown', () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const counts = countBoardRows(rows);
        expect(counts.running + counts.absent + counts['handed-in'] + counts.voided).toBe(counts.all);
        for (const filter of boardFilters) expect(findBoardRows(rows, filter, '')).toHaveLength(counts[filter]);
      }),
    );
  });

  it.each([
    ['ticket number in small letters', 't0002', ['T0002']],
    ['last digits of the ID number', '0013 ', ['T0001', 'T0002']],
    ['company', '粤远', ['T0001']],
    ['nobody', '李', []],
  ])('finds by %s', (_name, words, expected) => {
    const rows = [boardRow(1), boardRow(2, { organisationName: null })];
    expect(tickets(findBoardRows(rows, 'all', words))).toEqual(expected);
  });
});
