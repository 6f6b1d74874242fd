import type { PracticeTopic } from '@antu/contract';
import { describe, expect, it } from 'vitest';
import { groupBySyllabus, topicToGoOn } from './topic-groups.ts';

const topic = (id: string, changes: Partial<PracticeTopic> = {}): PracticeTopic => ({
  id,
  titleZh: id,
  titleEn: id,
  scheme: 'road-transport',
  syllabusZh: '继续教育',
  syllabusEn: 'Continuing education',
  questions: 10,
  seen: 0,
  inBook: 0,
  rightPercent: null,
  isWeak: false,
  ...changes,
});
const rules = { rightsToLeaveBook: 2, latestAnswers: 20, weakBelowPercent: 80 };
const goOn = (topics: PracticeTopic[], lastTopicId: string | null = null) =>
  topicToGoOn({ topics, lastTopicId, inBook: 0, rules })?.id;

describe('practice goes on', () => {
  it.each([
    ['with the topic of the last answer', goOn([topic('a'), topic('b', { seen: 10 })], 'b'), 'b'],
    ['with the first that has questions not tried', goOn([topic('a', { seen: 10 }), topic('b')]), 'b'],
    ['with the first of all when everything was tried', goOn([topic('a', { seen: 10 })]), 'a'],
    ['elsewhere when the last topic is closed', goOn([topic('a')], 'gone'), 'a'],
    ['nowhere without topics', goOn([]), undefined],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

describe('topics', () => {
  it('stand under their syllabi in the order of the answer', () => {
    const groups = groupBySyllabus([topic('a'), topic('b', { syllabusZh: '危险货物' }), topic('c')]);
    expect(groups.map(({ titleZh, topics }) => [titleZh, topics.map(({ id }) => id)])).toEqual([
      ['继续教育', ['a', 'c']],
      ['危险货物', ['b']],
    ]);
  });
});
