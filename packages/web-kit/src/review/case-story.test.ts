import type { Appeal, HourDecision } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import { daysSince, lastAppealOf, openAppealOf, shortHash, storyOf, voidedSecondsOf } from './case-story.ts';

const decision = (at: string, kind: HourDecision['kind'], seconds: number): HourDecision => ({
  id: `d-${at}`,
  kind,
  seconds,
  mediaSeconds: [],
  reasonZh: '理由',
  by: '李*',
  at,
  hash: 'ab'.repeat(32),
});
const appeal = (at: string, state: Appeal['state'], answeredAt: string | null): Appeal => ({
  id: `a-${at}`,
  sessionId: 's',
  text: '那天是我本人',
  at,
  state,
  answer: answeredAt && '已核对照片',
  answeredAt,
});

describe('story of a case', () => {
  it('tells the newest first, an answer as an event of its own', () => {
    const story = storyOf({
      openedAt: '2026-11-20T02:00:00.000Z',
      decisions: [
        decision('2026-11-21T02:00:00.000Z', 'void', 60),
        decision('2026-11-23T02:00:00.000Z', 'restore', 60),
      ],
      appeals: [appeal('2026-11-22T02:00:00.000Z', 'granted', '2026-11-23T01:59:00.000Z')],
    });
    expect(story.map((one) => one.kind)).toEqual(['decided', 'answered', 'appealed', 'decided', 'studied']);
    expect(new Set(story.map((one) => one.key)).size).toBe(story.length);
  });

  it('tells nothing of an answer that is not there yet', () => {
    const story = storyOf({
      openedAt: '2026-11-20T02:00:00.000Z',
      decisions: [],
      appeals: [appeal('2026-11-22T02:00:00.000Z', 'open', null)],
    });
    expect(story.map((one) => one.kind)).toEqual(['appealed', 'studied']);
  });
});

describe('what is void now', () => {
  it.each([
    ['nothing', [], 0],
    ['one void', [['void', 600]], 600],
    [
      'two voids',
      [
        ['void', 600],
        ['void', 30],
      ],
      630,
    ],
    [
      'given back in part',
      [
        ['void', 600],
        ['restore', 599],
      ],
      1,
    ],
    [
      'given back wholly',
      [
        ['void', 600],
        ['restore', 600],
      ],
      0,
    ],
    [
      'confirmed and awarded time is another matter',
      [
        ['accept', 0],
        ['award', 300],
        ['refuse', 20],
        ['void', 5],
      ],
      5,
    ],
  ] as const)('%s', (_name, list, expected) => {
    expect(voidedSecondsOf(list.map(([kind, seconds]) => ({ kind, seconds })))).toBe(expected);
  });
});

it('finds the appeal that waits', () => {
  const open = appeal('2026-11-24T00:00:00.000Z', 'open', null);
  expect(openAppealOf([appeal('2026-11-22T00:00:00.000Z', 'rejected', '2026-11-23T00:00:00.000Z'), open])).toBe(open);
  expect(openAppealOf([])).toBeUndefined();
  expect(lastAppealOf([open, appeal('2026-11-22T00:00:00.000Z', 'granted', '2026-11-23T00:00:00.000Z')])).toBe(open);
  expect(lastAppealOf([])).toBeUndefined();
});

it.each([
  ['2026-11-24T00:00:01.000Z', 0],
  ['2026-11-24T00:00:00.000Z', 1],
  ['2026-11-23T00:00:00.000Z', 2],
  ['2026-11-25T00:00:01.000Z', 0],
])('counts days since %s', (at, days) => {
  expect(daysSince(at, new Date('2026-11-25T00:00:00.000Z'))).toBe(days);
});

it('shortens digests and leaves short ones alone', () => {
  expect(shortHash('0123456789abcdef0123')).toBe('01234567 … 0123');
  expect(shortHash('0123456789abcd')).toBe('0123456789abcd');
});
