import { difficulties, planProblemCodes, questionKinds, schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { askedQuestionSchema, examAnswerSchema } from './exam-question.ts';

const id = z.uuid();
const instant = z.string();
const scheme = z.enum(schemeCodes);
const centipoints = z.int().min(1).max(100_000);

export const blueprintLineSchema = z.object({
  /** Null = any topic of the scheme. */
  topicId: id.nullable(),
  kind: z.enum(questionKinds),
  /** Null = any difficulty. */
  difficulty: z.literal(difficulties).nullable(),
  count: z.int().min(1).max(300),
  /** Of each question, in hundredths of a point. */
  centipoints,
});
export const pickedQuestionSchema = z.object({ questionId: id, centipoints });

/** A paper is drawn by lines or made of questions picked by hand: one of the two is null. */
const source = {
  lines: z.array(blueprintLineSchema).max(100).nullable(),
  picked: z.array(pickedQuestionSchema).max(300).nullable(),
  shuffleQuestions: z.boolean().default(true),
  shuffleOptions: z.boolean().default(true),
};
const draft = z.object({
  ruleSetId: z.string().min(1).max(80),
  /** Questions for everybody and for these posts; empty: for any post. */
  posts: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  /** Offered to learners as a mock exam; such a plan serves no formal exam and draws from banks that are open for practice. */
  isMock: z.boolean().default(false),
  ...source,
});
const onlyOne = (plan: { lines: unknown; picked: unknown }): boolean =>
  (plan.lines === null) !== (plan.picked === null);
const body = draft.extend({
  titleZh: z.string().trim().min(2).max(80),
});

export const shortageSchema = z.object({
  /** Place of the line, or of the picked question. */
  line: z.int(),
  wanted: z.int(),
  available: z.int(),
});
export const planProblemSchema = z.object({
  code: z.enum(planProblemCodes),
  /** The plan cannot be kept like this. */
  blocks: z.boolean(),
  wanted: z.number(),
  found: z.number(),
  zh: z.string(),
  en: z.string(),
});
export type PlanProblemView = z.infer<typeof planProblemSchema>;
/** What the rules of the exam say; `sure`: written down or read in a public text. */
const limitSchema = z.object({ value: z.int().nullable(), sure: z.boolean() });
export const planRulesSchema = z.object({
  id: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  scheme,
  durationSeconds: z.int(),
  totalPoints: z.number(),
  passPoints: z.number(),
  questions: limitSchema,
  judgementQuestions: limitSchema,
  singleQuestions: limitSchema,
});
export type PlanRules = z.infer<typeof planRulesSchema>;

export const examPlanSchema = z.object({
  id,
  organisation: z.object({ id, name: z.string() }),
  scheme,
  ruleSetId: z.string(),
  ruleNameZh: z.string(),
  ruleNameEn: z.string(),
  titleZh: z.string(),
  /** By lines, or of questions picked by hand. */
  mode: z.enum(['drawn', 'picked']),
  shuffleQuestions: z.boolean(),
  shuffleOptions: z.boolean(),
  isMock: z.boolean(),
  questions: z.int(),
  totalPoints: z.number(),
  /** Papers of today can be drawn. */
  canDraw: z.boolean(),
  createdAt: instant,
  retiredAt: instant.nullable(),
});
export type ExamPlanView = z.infer<typeof examPlanSchema>;
/** Question of a plan by hand; `usable`: approved and valid today. */
export const pickedViewSchema = pickedQuestionSchema.extend({
  kind: z.enum(questionKinds),
  stem: z.string(),
  topicTitleZh: z.string(),
  topicTitleEn: z.string(),
  usable: z.boolean(),
});
export type PickedView = z.infer<typeof pickedViewSchema>;
export const examPlanDetailSchema = examPlanSchema.extend({
  rules: planRulesSchema,
  posts: z.array(z.string()),
  lines: z.array(blueprintLineSchema).nullable(),
  picked: z.array(pickedViewSchema).nullable(),
  problems: z.array(planProblemSchema),
  shortages: z.array(shortageSchema),
  /** The plan that took the place of this one. */
  replacedBy: id.nullable(),
});
export type ExamPlanDetail = z.infer<typeof examPlanDetailSchema>;

const params = z.object({ planId: id });

/** Plans of the organisations that the caller makes plans for, the newest first; those out of use too. */
export const listExamPlans = defineEndpoint({
  method: 'GET',
  path: '/api/exam-plans',
  answer: z.object({ items: z.array(examPlanSchema) }),
});
export const getExamPlan = defineEndpoint({
  method: 'GET',
  path: '/api/exam-plans/:planId',
  params,
  answer: examPlanDetailSchema,
});
/** Refused with every problem that blocks (`exams.plan_not_valid`, details.problems[]) and while papers cannot be drawn (`exams.plan_short`). */
export const createExamPlan = defineEndpoint({
  method: 'POST',
  path: '/api/exam-plans',
  body: body.extend({ organisationId: id }).refine(onlyOne, { path: ['lines'] }),
  answer: examPlanDetailSchema,
});
/**
 * Writes the next wording of a plan: a new plan, which the answer is. Dated exams stay with the one they were made for.
 * `exams.plan_replaced` when somebody was faster.
 */
export const replaceExamPlan = defineEndpoint({
  method: 'PUT',
  path: '/api/exam-plans/:planId',
  params,
  body: body.refine(onlyOne, { path: ['lines'] }),
  answer: examPlanDetailSchema,
});
/** No new exam takes the plan. */
export const retireExamPlan = defineEndpoint({
  method: 'POST',
  path: '/api/exam-plans/:planId/retire',
  params,
  answer: examPlanDetailSchema,
});

/** What there is to choose from, by topic, kind and difficulty, and the rules of the exams that may be planned. */
export const getPlanChoices = defineEndpoint({
  method: 'GET',
  path: '/api/exam-plans/choices',
  query: z.object({
    organisationId: id,
    scheme,
    posts: z.string().max(800).default(''),
    /** `yes`: for a mock exam, which asks nothing that is kept for formal exams. */
    mock: z.enum(['yes', 'no']).default('no'),
  }),
  answer: z.object({
    rules: z.array(planRulesSchema),
    topics: z.array(z.object({ id, syllabusTitleZh: z.string(), titleZh: z.string(), titleEn: z.string() })),
    /** Questions that exclude one another count once. */
    counts: z.array(
      z.object({ topicId: id, kind: z.enum(questionKinds), difficulty: z.literal(difficulties), count: z.int() }),
    ),
  }),
});
/** What is wrong with a plan that is being written, and what the bank lacks for it. Keeps nothing. */
export const checkExamPlan = defineEndpoint({
  method: 'POST',
  path: '/api/exam-plans/check',
  body: draft.extend({ organisationId: id }).refine(onlyOne, { path: ['lines'] }),
  answer: z.object({
    questions: z.int(),
    totalPoints: z.number(),
    problems: z.array(planProblemSchema),
    shortages: z.array(shortageSchema),
  }),
});

export const samplePaperSchema = z.object({
  planId: id,
  titleZh: z.string(),
  /** Draws this paper again. */
  seed: z.string(),
  durationSeconds: z.int(),
  totalPoints: z.number(),
  items: z.array(
    z.object({
      points: z.number(),
      questionId: id,
      question: askedQuestionSchema,
      right: examAnswerSchema,
      clause: z.string(),
      explanation: z.string(),
    }),
  ),
});
export type SamplePaper = z.infer<typeof samplePaperSchema>;
/** Draws a paper to look at; `exams.plan_short` (details.shortages[]) when there are not enough questions. */
export const drawSamplePaper = defineEndpoint({
  method: 'GET',
  path: '/api/exam-plans/:planId/sample',
  params,
  query: z.object({
    /** Draws a paper again; absent: a new one. */
    seed: z.string().trim().min(1).max(80).optional(),
  }),
  answer: samplePaperSchema,
});
/** GET: a paper of a seed, its answer sheet or its key as PDF; query `seed` and `part`. */
export const printedPaperPath = (planId: string): string => `/api/exam-plans/${planId}/paper.pdf`;
export const printedParts = ['paper', 'sheet', 'key'] as const;
export type PrintedPart = (typeof printedParts)[number];
