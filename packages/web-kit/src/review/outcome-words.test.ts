import { expect, it } from 'vitest';
import { describeOutcome } from './outcome-words.ts';

it.each([
  ['passed', '通过', 'ok'],
  ['match', '是本人', 'ok'],
  ['pending', '等待复核', 'wait'],
  ['unjudged', '还没有比对', 'quiet'],
  ['failed', '未通过', 'stop'],
  ['two-faces', '有两个人', 'stop'],
  ['blurred', '画面不清楚', 'stop'],
  ['something-new', 'something-new', 'stop'],
])('%s reads %s', (outcome, zh, tone) => {
  expect(describeOutcome(outcome)).toMatchObject({ words: { zh }, tone });
});

it('says nothing where nothing was judged', () => {
  expect(describeOutcome(null)).toBeNull();
});
