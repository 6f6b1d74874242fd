import type { ImportProblem } from '@antu/domain';
import { expect, it } from 'vitest';
import { groupsOf } from './import-rows.ts';

const problem = (code: ImportProblem['code'], level: ImportProblem['level'], column: ImportProblem['column']) => ({
  code,
  level,
  column,
  row: 1,
  letter: null,
  zh: '',
  en: '',
});

it('groups what stops a question by its column, twins and near-identical ones apart', () => {
  expect(
    groupsOf([
      problem('answer-missing', 'stop', 'answer'),
      problem('answer-unreadable', 'stop', 'answer'),
      problem('duplicate-in-bank', 'stop', 'stem'),
      problem('part-without-case', 'stop', null),
      problem('similar-in-file', 'hint', 'stem'),
      problem('formula-value', 'hint', 'stem'),
    ]),
  ).toEqual(['answer', 'duplicate', 'other', 'similar']);
});

it('leaves hints without a group, but for what is near-identical', () => {
  expect(groupsOf([problem('formula-value', 'hint', 'stem')])).toEqual([]);
  expect(groupsOf([problem('stem-in-bank', 'hint', 'stem')])).toEqual(['similar']);
});
