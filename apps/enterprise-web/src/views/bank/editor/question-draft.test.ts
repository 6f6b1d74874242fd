import { findQuestionProblems, type Question } from '@antu/domain';
import { describe, expect, it, test } from 'vitest';
import {
  draftOf,
  factsDraftOf,
  factsOfDraft,
  lacksAnswer,
  newDraft,
  newOption,
  newFacts,
  questionOfDraft,
} from './question-draft.ts';

const single = {
  kind: 'single',
  stem: '夜间会车怎样用灯？',
  files: [{ fileId: 'f1', kind: 'picture', alt: '会车' }],
  options: [
    { key: 'A', text: '近光灯', file: null },
    { key: 'B', text: '', file: { fileId: 'f2', kind: 'picture', alt: '远光灯' } },
  ],
  answer: 'B',
} as const satisfies Question;
const fill = {
  kind: 'fill',
  stem: '从____到____',
  files: [],
  accepted: [['甲', '乙'], ['丙']],
} as const satisfies Question;
const facts = {
  scheme: 'road-transport',
  topicId: 't1',
  posts: ['客运驾驶员', '货运驾驶员'],
  difficulty: 3,
  clause: '第四十八条',
  explanation: '解析',
  validFrom: '2026-01-01',
  validUntil: null,
  exclusionGroup: '灯光',
} as const;

describe('a question in the editor', () => {
  it.each<Question>([
    { kind: 'judgement', stem: '雨天减速', files: [], answer: false },
    single,
    { ...single, kind: 'multiple', answer: ['A', 'B'] },
    fill,
    { kind: 'case', stem: '爆胎', files: [], parts: [single, fill] },
  ])('comes out as it went in: $kind', (question) => {
    expect(questionOfDraft(draftOf(question))).toEqual(question);
  });

  test('a single choice without a right option is told, also among eight', () => {
    const draft = draftOf(single);
    expect(lacksAnswer(draft)).toBe(false);
    for (const option of draft.whole.options) option.isRight = false;
    while (draft.whole.options.length < 8)
      draft.whole.options.push({ ...newOption(), text: `${draft.whole.options.length}` });
    expect(lacksAnswer(draft)).toBe(true);
    draft.kind = 'judgement';
    expect(lacksAnswer(draft)).toBe(false);
  });

  test('another kind and back loses nothing', () => {
    const draft = draftOf(single);
    draft.kind = 'judgement';
    expect(questionOfDraft(draft)).toMatchObject({ kind: 'judgement', stem: single.stem });
    draft.kind = 'single';
    expect(questionOfDraft(draft)).toEqual(single);
  });

  test('an empty form lacks its stem, its options and its answer', () => {
    const found = findQuestionProblems(
      questionOfDraft(newDraft()),
      factsOfDraft(newFacts('2026-11-26'), 'work-safety'),
    );
    expect(new Set(found.filter(({ stops }) => stops === 'saving').map(({ field }) => field))).toEqual(
      new Set(['stem', 'options', 'answer']),
    );
  });

  test('a blank more asks for its answer, lines that are empty are no wordings', () => {
    const draft = draftOf(fill);
    draft.whole.stem = '从____到____再到____';
    draft.whole.accepted[0] = '甲\n\n 乙 ';
    expect(questionOfDraft(draft)).toMatchObject({ accepted: [['甲', '乙'], ['丙'], []] });
  });

  test('facts come out as they went in; posts may be separated in any way', () => {
    expect(factsOfDraft(factsDraftOf(facts), 'road-transport')).toEqual(facts);
    const draft = { ...factsDraftOf(facts), posts: ' 客运驾驶员, 货运驾驶员；客运驾驶员、' };
    expect(factsOfDraft(draft, 'road-transport').posts).toEqual(facts.posts);
  });
});
