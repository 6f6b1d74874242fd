import { checkRuleSets, examRuleSets, faceRuleSets, practiceRuleSets, quizRuleSets, studyRuleSets } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { CHECK_LIMIT_NAMES, CHECK_LIMIT_UNITS } from './check-rule-words.ts';
import {
  EXAM_LIMIT_NAMES,
  EXAM_LIMIT_UNITS,
  PRACTICE_LIMIT_NAMES,
  PRACTICE_LIMIT_UNITS,
  QUIZ_LIMIT_NAMES,
  QUIZ_LIMIT_UNITS,
} from './exam-rule-words.ts';
import { FACE_LIMIT_NAMES, FACE_LIMIT_UNITS } from './face-rule-words.ts';
import { CHOICE_NAMES, LIMIT_NAMES, LIMIT_UNITS } from './rule-words.ts';
import { SOURCE_WORDS } from './source-words.ts';

const studied = studyRuleSets.flatMap((set) => Object.entries(set.limits));
const checked = checkRuleSets.flatMap((set) => Object.entries(set.limits));
const faces = faceRuleSets.flatMap((set) => Object.entries(set.limits));
const exams = examRuleSets.flatMap((set) => Object.entries(set.limits));
const quizzes = quizRuleSets.flatMap((set) => Object.entries(set.limits));
const practised = practiceRuleSets.flatMap((set) => Object.entries(set.limits));
const namesOf = (limits: readonly (readonly [string, unknown])[]) => [...new Set(limits.map(([name]) => name))].sort();

describe('words of the rules', () => {
  const sources = [...studied, ...checked, ...faces, ...exams, ...quizzes, ...practised].map(
    ([, limit]) => limit.source,
  );

  it('has Chinese words for every source of every rule set', () => {
    expect([...new Set(sources.filter((source) => SOURCE_WORDS[source] === undefined))]).toEqual([]);
  });

  it('keeps no words for a source that no rule set names', () => {
    const named = new Set(sources);
    expect(Object.keys(SOURCE_WORDS).filter((source) => !named.has(source))).toEqual([]);
  });

  it('names every limit of study, of checks, of faces, of exams, of quizzes and of practice', () => {
    expect(Object.keys(LIMIT_NAMES).sort()).toEqual(namesOf(studied));
    expect(Object.keys(LIMIT_UNITS).sort()).toEqual(namesOf(studied));
    expect(Object.keys(CHECK_LIMIT_NAMES).sort()).toEqual(namesOf(checked));
    expect(Object.keys(CHECK_LIMIT_UNITS).sort()).toEqual(namesOf(checked));
    expect(Object.keys(FACE_LIMIT_NAMES).sort()).toEqual(namesOf(faces));
    expect(Object.keys(FACE_LIMIT_UNITS).sort()).toEqual(namesOf(faces));
    expect(Object.keys(EXAM_LIMIT_NAMES).sort()).toEqual(namesOf(exams));
    expect(Object.keys(EXAM_LIMIT_UNITS).sort()).toEqual(namesOf(exams));
    expect(Object.keys(QUIZ_LIMIT_NAMES).sort()).toEqual(namesOf(quizzes));
    expect(Object.keys(QUIZ_LIMIT_UNITS).sort()).toEqual(namesOf(quizzes));
    expect(Object.keys(PRACTICE_LIMIT_NAMES).sort()).toEqual(namesOf(practised));
    expect(Object.keys(PRACTICE_LIMIT_UNITS).sort()).toEqual(namesOf(practised));
  });

  it('has words for every choice', () => {
    const choices = [...studied, ...faces, ...exams, ...quizzes].flatMap(([, { value }]) =>
      typeof value === 'string' ? [value] : [],
    );
    expect(choices.filter((choice) => !(choice in CHOICE_NAMES))).toEqual([]);
  });
});
