import fc from 'fast-check';
import type { Candidate } from '../blueprint.ts';
import { optionKeys, type OptionKey, type Question, questionKinds, type SimpleQuestion } from '../question.ts';

const text = fc.string({
  unit: fc.constantFrom(...'安全驾驶行车前检查灯光制动轮胎ABC123（）、'),
  minLength: 1,
  maxLength: 24,
});
const stem = fc.record({ stem: text, files: fc.constant([]) });
const options = fc
  .integer({ min: 2, max: optionKeys.length })
  .chain((count) => fc.array(text, { minLength: count, maxLength: count }))
  .map((texts) => texts.map((one, at) => ({ key: optionKeys[at] as OptionKey, text: one, file: null })));

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
  .tuple(stem, fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }))
  .map(([given, accepted]) => ({ kind: 'fill' as const, ...given, accepted }));

export const anySimpleQuestion: fc.Arbitrary<SimpleQuestion> = fc.oneof(judgement, single, multiple, fill);
/** Any question of any kind, right in itself. */
export const anyQuestion: fc.Arbitrary<Question> = fc.oneof(
  anySimpleQuestion,
  fc
    .tuple(stem, fc.array(anySimpleQuestion, { minLength: 1, maxLength: 4 }))
    .map(([given, parts]) => ({ kind: 'case' as const, ...given, parts })),
);

const TOPICS = ['t1', 't2', 't3'];
/** A few dozen questions, some of which exclude one another. */
export const anyCandidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      topicId: fc.constantFrom(...TOPICS),
      kind: fc.constantFrom(...questionKinds),
      difficulty: fc.constantFrom(1 as const, 2 as const, 3 as const),
      exclusionGroup: fc.option(fc.constantFrom('g1', 'g2', 'g3', 'g4'), { freq: 3 }),
      optionCounts: fc.constant([4]),
    }),
    { maxLength: 40 },
  )
  .map((list) =>
    list.map((one, at) => ({ ...one, questionId: `q${at}`, versionId: `v${String(at).padStart(3, '0')}` })),
  );

export const anyLines = fc.array(
  fc.record({
    topicId: fc.option(fc.constantFrom(...TOPICS)),
    kind: fc.constantFrom(...questionKinds),
    difficulty: fc.option(fc.constantFrom(1 as const, 2 as const, 3 as const)),
    count: fc.integer({ min: 1, max: 5 }),
    centipoints: fc.constant(200),
  }),
  { minLength: 1, maxLength: 5 },
);
