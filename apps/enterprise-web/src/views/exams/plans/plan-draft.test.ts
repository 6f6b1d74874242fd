import { describe, expect, it } from 'vitest';
import {
  availableFor,
  bodyOfDraft,
  draftOfPlan,
  moved,
  newLine,
  newPlan,
  parseCentipoints,
  parseCount,
  parsePosts,
  type PickDraft,
  pointsByKind,
} from './plan-draft.ts';

const pick = (questionId: string, points = '2'): PickDraft => ({
  questionId,
  kind: 'single',
  stem: '题',
  topicTitleZh: '主题',
  topicTitleEn: 'Topic',
  usable: true,
  points,
});

describe('points and counts of a box', () => {
  it.each([
    ['1', 100],
    ['0.5', 50],
    ['1.25', 125],
    [' 2 ', 200],
    ['0.01', 1],
    ['1000', 100_000],
    ['1000.01', null],
    ['0', null],
    ['1.255', null],
    ['-1', null],
    ['', null],
    ['1,5', null],
  ])('%j is %s hundredths of a point', (text, centipoints) => {
    expect(parseCentipoints(text)).toBe(centipoints);
  });
  it.each([
    ['1', 1],
    ['300', 300],
    ['301', null],
    ['0', null],
    ['1.5', null],
    ['', null],
  ])('%j is %s questions', (text, count) => {
    expect(parseCount(text)).toBe(count);
  });
});

it('reads posts however they are divided, each once', () => {
  expect(parsePosts('驾驶员、押运员, 驾驶员；\n')).toEqual(['驾驶员', '押运员']);
});

describe('bodyOfDraft', () => {
  it('sends lines of a blueprint and nothing picked', () => {
    const line = { ...newLine(), topicId: '', difficulty: '2', count: '20', points: '1.5' };
    const body = bodyOfDraft({ ...newPlan(), lines: [line], picked: [pick('a')] });
    expect(body?.picked).toBeNull();
    expect(body?.lines).toEqual([{ topicId: null, kind: 'judgement', difficulty: 2, count: 20, centipoints: 150 }]);
  });
  it('sends what was picked in its order and no lines', () => {
    const body = bodyOfDraft({ ...newPlan(), mode: 'picked', picked: [pick('b', '3'), pick('a')] });
    expect(body?.lines).toBeNull();
    expect(body?.picked).toEqual([
      { questionId: 'b', centipoints: 300 },
      { questionId: 'a', centipoints: 200 },
    ]);
  });
  it('waits while a box holds no number', () => {
    expect(bodyOfDraft({ ...newPlan(), lines: [{ ...newLine(), count: 'x' }] })).toBeNull();
    expect(bodyOfDraft({ ...newPlan(), mode: 'picked', picked: [pick('a', '')] })).toBeNull();
  });
});

it('writes a kept plan back as it was', () => {
  const plan = {
    titleZh: 'A 卷',
    ruleSetId: 'rules',
    posts: ['驾驶员'],
    isMock: true,
    mode: 'drawn' as const,
    lines: [{ topicId: 't', kind: 'multiple' as const, difficulty: 3 as const, count: 5, centipoints: 250 }],
    picked: null,
    shuffleQuestions: false,
    shuffleOptions: true,
  };
  const body = bodyOfDraft(draftOfPlan(plan as unknown as Parameters<typeof draftOfPlan>[0]));
  const { titleZh: _title, mode: _mode, ...kept } = plan;
  expect(body).toEqual(kept);
});

it('says what each kind is worth, and nothing where its lines differ', () => {
  const lines = [
    { kind: 'single' as const, points: '1' },
    { kind: 'multiple' as const, points: '2' },
    { kind: 'single' as const, points: '1' },
    { kind: 'multiple' as const, points: '3' },
  ];
  expect(pointsByKind(lines)).toEqual([
    { kind: 'single', points: '1' },
    { kind: 'multiple', points: '' },
  ]);
});

describe('availableFor', () => {
  const counts = [
    { topicId: 'a', kind: 'single' as const, difficulty: 1 as const, count: 4 },
    { topicId: 'a', kind: 'single' as const, difficulty: 2 as const, count: 3 },
    { topicId: 'b', kind: 'single' as const, difficulty: 1 as const, count: 2 },
    { topicId: 'b', kind: 'fill' as const, difficulty: 1 as const, count: 9 },
  ];
  it.each([
    ['', '', 9],
    ['a', '', 7],
    ['', '1', 6],
    ['b', '1', 2],
    ['b', '3', 0],
  ])('topic %j and difficulty %j leave %i', (topicId, difficulty, found) => {
    expect(availableFor({ topicId, difficulty, kind: 'single' }, counts)).toBe(found);
  });
});

describe('moved', () => {
  it.each([
    [0, 1, ['b', 'a', 'c']],
    [2, -1, ['a', 'c', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 1, ['a', 'b', 'c']],
  ] as const)('from %i by %i', (from, by, expected) => {
    expect(moved(['a', 'b', 'c'], from, by)).toEqual(expected);
  });
});
