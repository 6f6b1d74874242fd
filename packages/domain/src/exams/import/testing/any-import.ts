import fc from 'fast-check';
import {
  type OptionKey,
  optionKeys,
  type Question,
  type QuestionFacts,
  type QuestionFile,
  type SimpleQuestion,
} from '../../question.ts';
import { cleanText } from '../clean-text.ts';
import type { ExportedQuestion } from '../write-cells.ts';

/** Signs that formats could take for their own: marks of lines, formulas, markup, separators, line feeds, emoji. */
const unit = fc.constantFrom(
  ...'安全驾驶（）【】：、。；|｜\\_/<>&"\'=+-@#1２3ABCＤ.,;\n \t',
  '答案：',
  '1、',
  'A、',
  '【解析】',
  ']]>',
  '&amp;',
  '_x0041_',
  '🚌',
  '=1+1',
  '\\n',
);
/** A text as the bank keeps it. */
export const anyText = (most = 12) =>
  fc
    .array(unit, { minLength: 1, maxLength: most })
    .map((parts) => cleanText(parts.join('')))
    .filter((text) => text !== '' && !/_{3,}|\[图片|\[视频/.test(text));

export const anyFile: fc.Arbitrary<QuestionFile> = fc.record({
  fileId: fc.uuid(),
  kind: fc.constantFrom('picture' as const, 'video' as const),
  alt: fc.oneof(fc.constant(''), anyText(4)),
});
const stem = fc.record({ stem: anyText(), files: fc.array(anyFile, { maxLength: 2 }) });
const options = fc
  .array(fc.tuple(anyText(6), fc.option(anyFile, { freq: 6 })), { minLength: 2, maxLength: optionKeys.length })
  .map((list) => list.map(([text, file], at) => ({ key: optionKeys[at] as OptionKey, text, file })));

const judgement = fc
  .tuple(stem, fc.boolean())
  .map(([given, answer]) => ({ kind: 'judgement' as const, ...given, answer }));
const single = fc.tuple(stem, options, fc.nat()).map(([given, list, at]) => ({
  kind: 'single' as const,
  ...given,
  options: list,
  answer: optionKeys[at % list.length] as OptionKey,
}));
const multiple = fc.tuple(stem, options, fc.integer({ min: 0, max: 255 })).map(([given, list, bits]) => {
  const chosen = list.map(({ key }) => key).filter((_, at) => (bits >> at) % 2 === 1);
  const answer = chosen.length >= 2 ? chosen : list.slice(0, 2).map(({ key }) => key);
  return { kind: 'multiple' as const, ...given, options: list, answer };
});
const fill = fc
  .tuple(
    stem,
    fc.array(fc.tuple(fc.uniqueArray(anyText(4), { minLength: 1, maxLength: 3 }), fc.integer({ min: 4, max: 9 })), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([given, blanks]) => ({
    kind: 'fill' as const,
    ...given,
    stem: blanks.reduce((text, [, length]) => `${text}甲${'_'.repeat(length)}乙`, given.stem),
    accepted: blanks.map(([wordings]) => wordings),
  }));
const anySimple: fc.Arbitrary<SimpleQuestion> = fc.oneof(judgement, single, multiple, fill);

/** Any question of any kind, with every text that a format may stumble over. */
export const anyImportQuestion: fc.Arbitrary<Question> = fc.oneof(
  { weight: 4, arbitrary: anySimple },
  {
    weight: 1,
    arbitrary: fc
      .tuple(stem, fc.array(anySimple, { minLength: 1, maxLength: 3 }))
      .map(([given, parts]) => ({ kind: 'case' as const, ...given, parts })),
  },
);
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyFacts: fc.Arbitrary<QuestionFacts> = fc.record({
  scheme: fc.constant('road-transport' as const),
  topicId: fc.constantFrom('t1', 't2'),
  posts: fc.uniqueArray(anyText(4), { maxLength: 3 }),
  difficulty: fc.constantFrom(1 as const, 2 as const, 3 as const),
  clause: fc.oneof(fc.constant(''), anyText()),
  explanation: fc.oneof(fc.constant(''), anyText()),
  validFrom: day,
  validUntil: fc.option(day),
  exclusionGroup: fc.option(anyText(4)),
});
export const topicTitles: Readonly<Record<string, string>> = { t1: '防御性驾驶', t2: '应急处置' };

export const anyExported: fc.Arbitrary<ExportedQuestion> = fc
  .record({ question: anyImportQuestion, facts: anyFacts })
  .map((one) => ({ ...one, topic: topicTitles[one.facts.topicId] ?? '' }));
