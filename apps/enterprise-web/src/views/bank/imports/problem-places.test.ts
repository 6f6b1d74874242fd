import type { ImportProblem } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { problemPlaces, stops, touchesOthers } from './problem-places.ts';

const problem = (row: number, column: ImportProblem['column'], code: ImportProblem['code']): ImportProblem => ({
  code,
  level: code === 'similar-in-file' ? 'hint' : 'stop',
  row,
  column,
  letter: column === 'answer' ? 'G' : null,
  zh: code,
  en: code,
});
const row = (number: number, cells: Record<string, string>) => ({
  row: number,
  sheet: null,
  file: null,
  letters: {},
  cells,
});

describe('problemPlaces', () => {
  it('gathers the problems of one cell and keeps the order in which they were found', () => {
    const places = problemPlaces({
      rows: [row(4, { stem: '题', answer: 'AB' })],
      problems: [
        problem(4, 'answer', 'answer-not-single'),
        problem(4, null, 'duplicate-in-bank'),
        problem(4, 'answer', 'answer-unreadable'),
      ],
    });
    expect(
      places.map(({ part, column, letter, text, problems }) => [part, column, letter, text, problems.length]),
    ).toEqual([
      [0, 'answer', 'G', 'AB', 2],
      [0, null, null, '', 1],
    ]);
  });

  it('finds the row of a case by its number', () => {
    const [place] = problemPlaces({
      rows: [row(4, { stem: '案例' }), row(5, { stem: '小题', answer: 'X' })],
      problems: [problem(5, 'answer', 'answer-unreadable')],
    });
    expect([place?.part, place?.text]).toEqual([1, 'X']);
  });

  it('finds the cell where all rows carry one number, as in a package', () => {
    const [place] = problemPlaces({
      rows: [row(2, { stem: '案例' }), row(2, { stem: '小题', answer: 'X' })],
      problems: [problem(2, 'answer', 'answer-unreadable')],
    });
    expect([place?.part, place?.text]).toEqual([1, 'X']);
  });

  it('shows an empty cell for what is missing', () => {
    const [place] = problemPlaces({ rows: [row(9, { stem: '题' })], problems: [problem(9, 'topic', 'topic-missing')] });
    expect([place?.part, place?.column, place?.text]).toEqual([0, 'topic', '']);
  });
});

it('tells what keeps a question out from what is worth a look', () => {
  expect(stops([problem(1, null, 'similar-in-file')])).toBe(false);
  expect(stops([problem(1, null, 'similar-in-file'), problem(1, null, 'duplicate-in-bank')])).toBe(true);
});

describe('touchesOthers', () => {
  it.each([
    ['mended, nothing else', { good: 7, isGood: false }, { good: 8, isGood: true }, false],
    ['still bad', { good: 7, isGood: false }, { good: 7, isGood: false }, false],
    ['mended, and its twin with it', { good: 7, isGood: false }, { good: 9, isGood: true }, true],
    ['mended, and made a twin bad', { good: 7, isGood: false }, { good: 7, isGood: true }, true],
    ['broken', { good: 7, isGood: true }, { good: 6, isGood: false }, false],
  ])('%s', (_, before, after, expected) => {
    expect(touchesOthers(before, after)).toBe(expected);
  });
});
