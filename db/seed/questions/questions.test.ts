import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionSchema } from '@antu/contract';
import {
  findQuestionProblems,
  findSimilarPairs,
  isRight,
  type Question,
  type QuestionFacts,
  questionStemKey,
  rightAnswerOf,
  type SchemeCode,
  type SimpleQuestion,
  type SingleQuestion,
} from '@antu/domain';
import { describe, expect, it } from 'vitest';

interface Entry extends Pick<QuestionFacts, 'difficulty' | 'clause' | 'explanation' | 'exclusionGroup'> {
  readonly question: Question;
}
interface SeedFile {
  readonly scheme: SchemeCode;
  readonly syllabus: string;
  readonly topic: string;
  readonly lesson: string | null;
  readonly validFrom: string;
  readonly questions: readonly Entry[];
}
interface Catalogue {
  readonly courses: readonly {
    readonly scheme: SchemeCode;
    readonly syllabus: string;
    readonly topics: readonly { readonly code: string }[];
    readonly lessons: readonly string[];
  }[];
}

const seedDir = import.meta.dirname;
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const names = readdirSync(seedDir).filter((name) => name.endsWith('.json'));
const files = names.map((name) => [name, readJson(join(seedDir, name)) as SeedFile] as const);
const entries = files.flatMap(([name, file]) =>
  file.questions.map((entry, index) => ({ ...entry, id: `${name} ${index}`, topic: file.topic })),
);
const { courses } = readJson(join(seedDir, '../lessons/catalogue.json')) as Catalogue;

const countBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
};
const factsOf = (file: SeedFile, entry: Entry): QuestionFacts => ({
  ...entry,
  scheme: file.scheme,
  topicId: file.topic,
  posts: [],
  validFrom: file.validFrom,
  validUntil: null,
});

describe.each(files)('%s', (_, file) => {
  it('belongs to a topic of the demo syllabi, and its lesson to a course that has the topic', () => {
    const course = courses.find(
      ({ syllabus, topics }) => syllabus === file.syllabus && topics.some(({ code }) => code === file.topic),
    );
    expect(course?.scheme).toBe(file.scheme);
    if (file.lesson !== null) expect(course?.lessons).toContain(file.lesson);
  });

  it('has the shapes of the contract and nothing that a review would refuse', () => {
    for (const entry of file.questions) {
      expect(questionSchema.parse(entry.question)).toEqual(entry.question);
      expect(findQuestionProblems(entry.question, factsOf(file, entry)), entry.question.stem).toEqual([]);
    }
  });

  it('marks its own right answers as right, and says why in a sentence', () => {
    for (const { question, explanation, clause } of file.questions) {
      expect(isRight(question, rightAnswerOf(question)), question.stem).toBe(true);
      expect(explanation).toMatch(/\p{Script=Han}.*。$/u);
      expect(clause).toMatch(/规定|操作规程|《.+》|要求/);
    }
  });
});

describe('the whole demo bank', () => {
  it('has 320 questions or more, 12 or more a topic and 3 or more that fit each demo lesson', () => {
    expect(entries.length).toBeGreaterThanOrEqual(320);
    const topics = courses.flatMap((course) => course.topics.map(({ code }) => code));
    const perTopic = countBy(entries, (entry) => entry.topic);
    for (const code of topics) expect(perTopic[code] ?? 0, code).toBeGreaterThanOrEqual(12);
    for (const lesson of courses.flatMap((course) => course.lessons)) {
      const fitting = files.filter(([, file]) => file.lesson === lesson).flatMap(([, file]) => file.questions);
      expect(fitting.length, lesson).toBeGreaterThanOrEqual(3);
    }
  });

  it('has every kind and every difficulty in every topic', () => {
    for (const [topic, count] of Object.entries(countBy(entries, (entry) => entry.topic))) {
      const ofTopic = entries.filter((entry) => entry.topic === topic);
      const kinds = countBy(ofTopic, ({ question }) => question.kind);
      expect(Object.keys(kinds).sort(), topic).toEqual(['case', 'fill', 'judgement', 'multiple', 'single']);
      const levels = countBy(ofTopic, ({ difficulty }) => String(difficulty));
      expect(Object.keys(levels).sort(), topic).toEqual(['1', '2', '3']);
      for (const kind of ['judgement', 'single']) {
        expect((kinds[kind] ?? 0) / count, `${topic} ${kind}`).toBeGreaterThan(0.28);
        expect((kinds[kind] ?? 0) / count, `${topic} ${kind}`).toBeLessThan(0.45);
      }
    }
  });

  it('spreads right options evenly over A to D, and right statements over yes and no', () => {
    const simple = entries.flatMap(({ question }): readonly SimpleQuestion[] =>
      question.kind === 'case' ? question.parts : [question],
    );
    const singles = simple.filter((one): one is SingleQuestion => one.kind === 'single');
    const shares = countBy(singles, ({ answer }) => answer);
    for (const key of ['A', 'B', 'C', 'D']) {
      expect((shares[key] ?? 0) / singles.length, key).toBeGreaterThan(0.2);
      expect((shares[key] ?? 0) / singles.length, key).toBeLessThan(0.3);
    }
    const judgements = simple.filter((one) => one.kind === 'judgement');
    const right = judgements.filter(({ answer }) => answer).length / judgements.length;
    expect(right).toBeGreaterThan(0.4);
    expect(right).toBeLessThan(0.6);
  });

  it('has no question twice, and near-identical ones exclude each other', () => {
    const groups = new Map(entries.map(({ id, exclusionGroup }) => [id, exclusionGroup] as const));
    const pairs = findSimilarPairs(entries.map(({ id, question }) => ({ id, stemKey: questionStemKey(question) })));
    const keys = entries.map(({ question }) => questionStemKey(question));
    expect(new Set(keys).size).toBe(keys.length);
    for (const { a, b } of pairs) {
      expect(groups.get(a), `${a} and ${b}`).not.toBeNull();
      expect(groups.get(a), `${a} and ${b}`).toBe(groups.get(b));
    }
  });

  it('uses an exclusion group for two questions or more', () => {
    const grouped = entries.filter(({ exclusionGroup }) => exclusionGroup !== null);
    for (const [group, count] of Object.entries(countBy(grouped, ({ exclusionGroup }) => exclusionGroup ?? '')))
      expect(count, group).toBeGreaterThanOrEqual(2);
  });
});
