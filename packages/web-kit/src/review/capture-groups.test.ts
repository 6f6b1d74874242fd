import { expect, it } from 'vitest';
import { type Capture, groupCaptures } from './capture-groups.ts';

const picture = (clock: string, kind: Capture['kind'] = 'check', outcome = 'passed'): Capture => ({
  id: `${clock}-${kind}`,
  at: `2026-11-21T06:${clock}.000Z`,
  kind,
  outcome,
  gone: false,
});
const sizes = (captures: Capture[]) => groupCaptures(captures).map((group) => group.pictures.length);

it.each([
  ['nothing', [], []],
  ['the steps of one check', [picture('00:00'), picture('00:04'), picture('00:59')], [3]],
  ['59.999 s apart would be one, 60 s are two', [picture('00:00'), picture('01:00')], [1, 1]],
  ['each within a minute of the one before', [picture('00:00'), picture('00:59'), picture('01:58')], [3]],
  ['a second try with another result', [picture('00:00', 'check', 'failed'), picture('00:20')], [1, 1]],
  ['pictures in passing stay alone', [picture('00:00', 'random'), picture('00:01', 'random')], [1, 1]],
  ['one in passing between two checks', [picture('00:00'), picture('00:01', 'random'), picture('00:02')], [1, 1, 1]],
] as const)('%s', (_name, captures, expected) => {
  expect(sizes([...captures])).toEqual(expected);
});

it('puts them in the order in which they were taken', () => {
  const [first, second] = groupCaptures([picture('05:00', 'random'), picture('00:04'), picture('00:00')]);
  expect(first?.at).toBe('2026-11-21T06:00:00.000Z');
  expect(first?.pictures.map((one) => one.at.slice(14, 19))).toEqual(['00:00', '00:04']);
  expect(second?.kind).toBe('random');
});
