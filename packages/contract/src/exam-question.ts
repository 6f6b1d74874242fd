import { type AskedQuestion, optionKeys, type Question } from '@antu/domain';
import { z } from 'zod';

const id = z.uuid();
const text = (most: number) => z.string().trim().min(1).max(most);

export const optionKeySchema = z.enum(optionKeys);
export const questionFileSchema = z.object({
  fileId: id,
  kind: z.enum(['picture', 'video']),
  alt: z.string().max(200),
});
export const questionOptionSchema = z.object({
  key: optionKeySchema,
  text: z.string().trim().max(500),
  file: questionFileSchema.nullable(),
});
const stem = { stem: text(2_000), files: z.array(questionFileSchema).max(4) };
const options = z.array(questionOptionSchema).min(2).max(optionKeys.length);
export const simpleQuestionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('judgement'), ...stem, answer: z.boolean() }),
  z.object({ kind: z.literal('single'), ...stem, options, answer: optionKeySchema }),
  z.object({ kind: z.literal('multiple'), ...stem, options, answer: z.array(optionKeySchema).min(2) }),
  z.object({
    kind: z.literal('fill'),
    ...stem,
    accepted: z
      .array(z.array(text(100)).min(1).max(10))
      .min(1)
      .max(8),
  }),
]);
/** `Question` of the domain; `findQuestionProblems` says what shapes cannot: keys in order, blanks that fit, an answer among the options. */
export const questionSchema: z.ZodType<Question, Question> = z.discriminatedUnion('kind', [
  ...simpleQuestionSchema.options,
  z.object({ kind: z.literal('case'), ...stem, parts: z.array(simpleQuestionSchema).min(1).max(10) }),
]);

const simpleAnswerSchema = z.union([
  z.boolean(),
  optionKeySchema,
  z.array(optionKeySchema).max(optionKeys.length),
  z.array(z.string().max(200)).max(8),
  z.null(),
]);
/** An answer of any kind; whether it fits its question is asked where the question is known. */
export const examAnswerSchema = z.union([simpleAnswerSchema, z.array(simpleAnswerSchema).max(10)]);

/** With an address that serves the candidate alone. */
const askedFileSchema = questionFileSchema.extend({ url: z.string().optional() });
const askedOptions = z.array(questionOptionSchema.extend({ file: askedFileSchema.nullable() }));
const asked = { stem: z.string(), files: z.array(askedFileSchema) };
const askedSimpleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('judgement'), ...asked }),
  z.object({ kind: z.literal('single'), ...asked, options: askedOptions }),
  z.object({ kind: z.literal('multiple'), ...asked, options: askedOptions }),
  z.object({ kind: z.literal('fill'), ...asked, blanks: z.int() }),
]);
/** A question as a candidate sees it. Options come in the order shown, keyed A, B, C … by their place. */
export const askedQuestionSchema: z.ZodType<AskedQuestion> = z.discriminatedUnion('kind', [
  ...askedSimpleSchema.options,
  z.object({ kind: z.literal('case'), ...asked, parts: z.array(askedSimpleSchema) }),
]);
