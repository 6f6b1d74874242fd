import type { ReviewCaseDetail, Stretch } from '@antu/contract';
import { expect, it } from 'vitest';
import { suggestStretches } from './suggest-stretches.ts';

const at = (clock: string) => `2026-11-21T06:${clock}.000Z`;
const credited = (from: string, to: string, mediaFrom: number, mediaTo: number): Stretch => ({
  kind: 'credited',
  reason: null,
  from: at(from),
  to: at(to),
  mediaFromMs: mediaFrom * 1000,
  mediaToMs: mediaTo * 1000,
  creditedSeconds: mediaTo - mediaFrom,
  clause: null,
});
const picture = (clock: string, outcome: string | null): ReviewCaseDetail['captures'][number] => ({
  id: clock,
  at: at(clock),
  kind: 'random',
  outcome,
  gone: false,
});
// Ten minutes, a pause of a minute, ten more.
const stretches = [credited('00:00', '10:00', 0, 600), credited('11:00', '21:00', 600, 1200)];
const counted: [number, number][] = [[0, 1200]];

it.each([
  ['no pictures', [], []],
  ['only good ones', [picture('01:00', 'passed'), picture('09:00', 'match')], []],
  ['one that nobody judged', [picture('05:00', null), picture('06:00', 'unjudged'), picture('07:00', 'pending')], []],
  [
    'a bad one between two good ones',
    [picture('02:00', 'match'), picture('05:00', 'failed'), picture('08:00', 'passed')],
    [[120, 480]],
  ],
  [
    'a bad one over the pause',
    [picture('09:00', 'match'), picture('10:30', 'no-face'), picture('12:00', 'match')],
    [[540, 660]],
  ],
  ['a bad one at the start', [picture('01:00', 'two-faces'), picture('02:00', 'match')], [[0, 120]]],
  ['a bad one at the end', [picture('20:00', 'match'), picture('20:30', 'other-person')], [[1140, 1200]]],
  ['nothing but bad ones', [picture('05:00', 'failed')], [[0, 1200]]],
  [
    'two bad ones in a row',
    [picture('02:00', 'match'), picture('03:00', 'failed'), picture('04:00', 'failed'), picture('05:00', 'match')],
    [[120, 300]],
  ],
  [
    'told in another order',
    [picture('08:00', 'passed'), picture('05:00', 'failed'), picture('02:00', 'match')],
    [[120, 480]],
  ],
] as const)('%s', (_name, captures, expected) => {
  expect(suggestStretches({ captures: [...captures], stretches, countedMediaSeconds: counted })).toEqual(expected);
});

it('offers only what counts now, in whole seconds', () => {
  const captures = [picture('02:00', 'match'), picture('05:00', 'failed'), picture('08:00', 'passed')];
  expect(
    suggestStretches({
      captures,
      stretches,
      countedMediaSeconds: [
        [0, 130],
        [400, 1200],
      ],
    }),
  ).toEqual([
    [120, 130],
    [400, 480],
  ]);
  const uneven = [credited('00:00', '10:00', 0, 601)];
  expect(suggestStretches({ captures, stretches: uneven, countedMediaSeconds: counted })).toEqual([[120, 481]]);
});
