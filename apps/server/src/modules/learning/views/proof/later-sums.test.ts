import { describe, expect, it } from 'vitest';
import { afterDecisions } from './later-sums.ts';

const sums = {
  totalSeconds: 1000,
  creditedSeconds: 600,
  notCreditedSeconds: 400,
  byReason: [
    { reason: 'identity-awaiting', seconds: 300, clause: null },
    { reason: 'paused', seconds: 100, clause: null },
  ],
  stretches: [],
};
const reasonsOf = (later: { movedSeconds: number; voidedSeconds: number }) =>
  afterDecisions(sums, later).byReason.map(({ reason, seconds }) => [reason, seconds]);

describe('sums after later decisions', () => {
  const rows: [title: string, moved: number, voided: number, credited: number, reasons: [string, number][]][] = [
    [
      'nothing decided',
      0,
      0,
      600,
      [
        ['identity-awaiting', 300],
        ['paused', 100],
      ],
    ],
    [
      'a void is a reason of its own',
      -200,
      200,
      400,
      [
        ['identity-awaiting', 300],
        ['voided', 200],
        ['paused', 100],
      ],
    ],
    [
      'all voided',
      -600,
      600,
      0,
      [
        ['voided', 600],
        ['identity-awaiting', 300],
        ['paused', 100],
      ],
    ],
    [
      'voided and given back',
      0,
      0,
      600,
      [
        ['identity-awaiting', 300],
        ['paused', 100],
      ],
    ],
    ['all that waited is awarded', 300, 0, 900, [['paused', 100]]],
    [
      'part of it is awarded, the rest was studied elsewhere',
      120,
      0,
      720,
      [
        ['identity-awaiting', 180],
        ['paused', 100],
      ],
    ],
    [
      'awarded and then all voided',
      -600,
      900,
      0,
      [
        ['voided', 900],
        ['paused', 100],
      ],
    ],
  ];
  it.each(rows)('%s', (_title, movedSeconds, voidedSeconds, credited, reasons) => {
    const now = afterDecisions(sums, { movedSeconds, voidedSeconds });
    expect(now.creditedSeconds).toBe(credited);
    expect(now.creditedSeconds + now.notCreditedSeconds).toBe(now.totalSeconds);
    expect(now.byReason.reduce((sum, one) => sum + one.seconds, 0)).toBe(now.notCreditedSeconds);
    expect(reasonsOf({ movedSeconds, voidedSeconds })).toEqual(reasons);
  });
});
