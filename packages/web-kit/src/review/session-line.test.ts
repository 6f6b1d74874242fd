import type { HourDecision, Stretch } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import { endsOf, lookOf, place, secondsOfLook, ticksBetween, voidedStretchesOf } from './session-line.ts';

const at = (clock: string) => `2026-11-21T${clock}.000Z`;
const stretch = (
  kind: Stretch['kind'],
  reason: string | null,
  from: string,
  to: string,
  creditedSeconds = 0,
): Stretch => ({
  kind,
  reason,
  from: at(from),
  to: at(to),
  mediaFromMs: 0,
  mediaToMs: 0,
  creditedSeconds,
  clause: null,
});

it.each([
  ['credited', null, 'credited'],
  ['refused', 'too-fast', 'refused'],
  ['standing', 'hidden', 'refused'],
  ['refused', 'identity-awaiting', 'waiting'],
  ['standing', 'check', 'standing'],
  ['standing', 'paused', 'standing'],
  ['standing', 'seen-before', 'standing'],
  ['jumped', 'jumped', 'standing'],
] as const)('%s %s is drawn as %s', (kind, reason, look) => {
  expect(lookOf({ kind, reason })).toBe(look);
});

describe('places on the line', () => {
  it.each([
    [0, 50, { leftPercent: 0, widthPercent: 50 }],
    [-10, 10, { leftPercent: 0, widthPercent: 10 }],
    [90, 200, { leftPercent: 90, widthPercent: 10 }],
    [100, 200, null],
    [-20, 0, null],
    [40, 40, null],
  ] as const)('%d to %d of 100', (from, to, placed) => {
    expect(place(from, to, 0, 100)).toEqual(placed);
  });

  it('knows the ends of a session that runs and of one that is over', () => {
    const stretches = [stretch('credited', null, '06:00:00', '06:10:00', 600)];
    expect(endsOf({ openedAt: at('06:00:00'), endedAt: null, stretches }).toMs).toBe(Date.parse(at('06:10:00')));
    expect(endsOf({ openedAt: at('06:00:00'), endedAt: at('06:12:00'), stretches }).toMs).toBe(
      Date.parse(at('06:12:00')),
    );
    expect(endsOf({ openedAt: at('06:00:00'), endedAt: null, stretches: [] }).toMs).toBe(Date.parse(at('06:00:01')));
  });

  it('puts round clocks between the ends and keeps them off the ends', () => {
    const from = Date.parse(at('06:01:00'));
    const clocks = ticksBetween(from, Date.parse(at('06:31:00')), 4).map((ms) =>
      new Date(ms).toISOString().slice(11, 16),
    );
    expect(clocks).toEqual(['06:10', '06:20']);
    expect(ticksBetween(from, from + 1000, 4)).toEqual([]);
    // A session of two days, which nobody has, still gets few labels.
    expect(ticksBetween(from, from + 48 * 3_600_000, 4).length).toBeLessThanOrEqual(4);
  });
});

it('sums credited time as credited and other time by the clock', () => {
  const stretches = [
    stretch('credited', null, '06:00:00', '06:01:00', 58),
    stretch('refused', 'too-fast', '06:01:00', '06:01:30'),
    stretch('standing', 'hidden', '06:01:30', '06:02:00'),
    stretch('standing', 'paused', '06:02:00', '06:02:10'),
  ];
  expect(secondsOfLook(stretches, 'credited')).toBe(58);
  expect(secondsOfLook(stretches, 'refused')).toBe(60);
  expect(secondsOfLook(stretches, 'standing')).toBe(10);
});

describe('what is void on the lesson', () => {
  const decision = (day: number, kind: HourDecision['kind'], mediaSeconds: [number, number][]): HourDecision => ({
    id: `d${day}`,
    kind,
    seconds: 0,
    mediaSeconds,
    reasonZh: '',
    by: '',
    at: `2026-11-${day}T00:00:00.000Z`,
    hash: '',
  });
  it.each([
    ['nothing', [], []],
    [
      'a part',
      [
        decision(20, 'void', [
          [0, 60],
          [100, 160],
        ]),
      ],
      [
        [0, 60],
        [100, 160],
      ],
    ],
    ['given back', [decision(20, 'void', [[0, 60]]), decision(21, 'restore', [[0, 60]])], []],
    ['given back in part', [decision(20, 'void', [[0, 60]]), decision(21, 'restore', [[0, 59]])], [[59, 60]]],
    [
      'void again, told in another order',
      [decision(22, 'void', [[0, 30]]), decision(21, 'restore', [[0, 60]]), decision(20, 'void', [[0, 60]])],
      [[0, 30]],
    ],
    ['awards are none', [decision(20, 'award', [[0, 60]])], []],
  ] as const)('%s', (_name, decisions, expected) => {
    expect(voidedStretchesOf([...decisions])).toEqual(expected);
  });
});
