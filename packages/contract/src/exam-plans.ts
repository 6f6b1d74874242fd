import { schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { paperItemSchema } from './exam-sitting.ts';

const id = z.uuid();

export const blueprintLineSchema = z.object({
  /** Null: any topic of the scheme. */
  topicId: id.nullable(),
  kind: z.enum(['judgement', 'single', 'multiple', 'fill', 'case']),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  count: z.int().min(1).max(200),
  /** Hundredths of a point for each question. */
  centipoints: z.int().min(1).max(10_000),
});
export const shortageSchema = z.object({
  /** Place of the line in the blueprint. */
  line: z.int(),
  wanted: z.int(),
  available: z.int(),
});
export const examPlanSchema = z.object({
  id,
  organisation: z.object({ id, name: z.string() }),
  scheme: z.enum(schemeCodes),
  ruleSetId: z.string(),
  ruleNameZh: z.string(),
  titleZh: z.string(),
  mode: z.enum(['drawn', 'picked']),
  lines: z.array(blueprintLineSchema).nullable(),
  picked: z.array(z.object({ versionId: id, centipoints: z.int() })).nullable(),
  shuffleQuestions: z.boolean(),
  shuffleOptions: z.boolean(),
  isMock: z.boolean(),
  questions: z.int(),
  totalPoints: z.number(),
  createdAt: z.string(),
  retiredAt: z.string().nullable(),
});
export type ExamPlanView = z.infer<typeof examPlanSchema>;

/** Plans of the organisations that the caller writes plans for, the newest first. */
export const listExamPlans = defineEndpoint({
  method: 'GET',
  path: '/api/exam-plans',
  answer: z.object({ items: z.array(examPlanSchema) }),
});
const planBody = z.object({
  organisationId: id,
  titleZh: z.string().trim().min(2).max(80),
  ruleSetId: z.string().max(80),
  lines: z.array(blueprintLineSchema).min(1).max(100).nullable(),
  /** Questions by hand, in this order; either these or lines. */
  picked: z
    .array(z.object({ versionId: id, centipoints: z.int().min(1).max(10_000) }))
    .min(1)
    .max(300)
    .nullable(),
  shuffleQuestions: z.boolean().default(true),
  shuffleOptions: z.boolean().default(true),
  isMock: z.boolean().default(false),
});
/** Refused when the questions do not add up to the rule set's points, or the bank has too few of them now. */
export const createExamPlan = defineEndpoint({
  method: 'POST',
  path: '/api/exam-plans',
  body: planBody,
  answer: examPlanSchema,
});
export const retireExamPlan = defineEndpoint({
  method: 'POST',
  path: '/api/exam-plans/:planId/retire',
  params: z.object({ planId: id }),
  answer: examPlanSchema,
});
/** What the bank has for each topic, kind and difficulty, and what the given lines lack. */
export const checkExamPlan = defineEndpoint({
  method: 'POST',
  path: '/api/exam-plans/check',
  body: z.object({ organisationId: id, scheme: z.enum(schemeCodes), lines: z.array(blueprintLineSchema).max(100) }),
  answer: z.object({
    available: z.array(z.object({ topicId: id, kind: z.string(), difficulty: z.int(), count: z.int() })),
    shortages: z.array(shortageSchema),
  }),
});
/** A paper as a candidate would get it, drawn for looking at: no exam uses it. */
export const drawSamplePaper = defineEndpoint({
  method: 'GET',
  path: '/api/exam-plans/:planId/sample',
  params: z.object({ planId: id }),
  query: z.object({ seed: z.string().max(100).default('sample') }),
  answer: z.object({ titleZh: z.string(), totalPoints: z.number(), items: z.array(paperItemSchema) }),
});
