import { expect, it } from 'vitest';
import { roomClock } from './room-clock.ts';
import { boardRow, examView } from './testing/board.ts';

const exam = examView();
const at = (clock: string): number => Date.parse(`2026-11-26T${clock}Z`);
const sitting = (endsAt: string) => boardRow(1, { endsAt: `2026-11-26T${endsAt}Z` });

it.each([
  ['the second before the bell', '01:59:59.000', [], { phase: 'before', leftSeconds: 1 }],
  ['the bell', '02:00:00.000', [], { phase: 'window', leftSeconds: 7_200 }],
  ['nobody is told zero while a part of a second is left', '03:59:59.400', [], { phase: 'window', leftSeconds: 1 }],
  ['extra time counts past the window', '03:00:00.000', [sitting('04:10:00')], { phase: 'window', leftSeconds: 4_200 }],
  [
    'the window is closed, one has extra time',
    '04:00:00.000',
    [sitting('04:10:00')],
    { phase: 'finishing', leftSeconds: 600 },
  ],
  ['the last time is up', '04:10:00.000', [sitting('04:10:00')], { phase: 'over', leftSeconds: 0 }],
  [
    'nobody sits any more',
    '04:00:00.000',
    [boardRow(1, { state: 'marked', endsAt: '2026-11-26T04:10:00Z' })],
    { phase: 'over', leftSeconds: 0 },
  ],
])('%s', (_name, now, rows, expected) => {
  expect(roomClock(exam, rows, at(now))).toEqual(expected);
});

it('a cancelled exam has no clock', () => {
  expect(roomClock(examView({ state: 'cancelled' }), [], at('02:30:00.000'))).toEqual({
    phase: 'cancelled',
    leftSeconds: 0,
  });
});
