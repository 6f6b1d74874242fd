import { choices, difficulties, questionKinds, questionStates, schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { questionSchema } from './exam-question.ts';

const id = z.uuid();
const instant = z.string();
const scheme = z.enum(schemeCodes);
const difficulty = z.literal(difficulties);
const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

/** `QuestionFacts` of the domain without the scheme, which is that of the bank. */
export const questionFactsSchema = z.object({
  topicId: id,
  posts: z.array(z.string().trim().min(1).max(40)).max(20),
  difficulty,
  clause: z.string().trim().max(300),
  explanation: z.string().trim().max(2_000),
  validFrom: z.iso.date(),
  validUntil: z.iso.date().nullable(),
  exclusionGroup: z.string().trim().min(1).max(60).nullable(),
});
const content = z.object({ question: questionSchema, facts: questionFactsSchema });

export const questionBankSchema = z.object({
  id,
  organisation: z.object({ id, name: z.string() }),
  scheme,
  titleZh: z.string(),
  /** Learners may practise its questions, which shows what is right. */
  openForPractice: z.boolean(),
  /** Questions that papers may draw, whose newest version waits for a reviewer, that are being written, and out of use. */
  counts: z.object({ approved: z.int(), review: z.int(), open: z.int(), retired: z.int() }),
  /** The asker may write in it, and review. */
  mayWrite: z.boolean(),
  mayReview: z.boolean(),
});
export type QuestionBankView = z.infer<typeof questionBankSchema>;

export const questionStatisticsSchema = z.object({
  answered: z.int(),
  right: z.int(),
  /** Mean score, 0 to 1. */
  pValue: z.number().nullable(),
  /** Point-biserial with the score of the rest of the attempt, -1 to 1. */
  discrimination: z.number().nullable(),
});
/** Where a question of the list stands; `open`: being written or refused. */
export const questionSummarySchema = z.object({
  id,
  /** The newest version, which the row shows. */
  versionId: id,
  number: z.int(),
  revision: z.int(),
  state: z.enum(questionStates),
  /** Papers draw an (older) version of it. */
  isDrawn: z.boolean(),
  kind: z.enum(questionKinds),
  stem: z.string(),
  topic: z.object({ id, titleZh: z.string(), titleEn: z.string() }),
  difficulty,
  clause: z.string(),
  validUntil: z.string().nullable(),
  /** The asker wrote in the newest version: somebody else has to review it. */
  ownWork: z.boolean(),
  changedAt: instant,
  /** Of the version that papers draw. */
  statistics: questionStatisticsSchema.nullable(),
});
export type QuestionSummary = z.infer<typeof questionSummarySchema>;

export const questionReviewSchema = z.object({
  decision: z.enum(['approved', 'refused']),
  comment: z.string(),
  reviewer: z.string(),
  at: instant,
});
export const questionVersionSchema = content.extend({
  id,
  number: z.int(),
  revision: z.int(),
  state: z.enum(questionStates),
  author: z.string(),
  createdAt: instant,
  reviews: z.array(questionReviewSchema),
  statistics: z.object({
    all: questionStatisticsSchema,
    bySource: z.array(questionStatisticsSchema.extend({ source: z.enum(['quiz', 'practice', 'mock', 'formal']) })),
    choices: z.array(z.object({ part: z.int(), choice: z.enum(choices), count: z.int() })),
  }),
});
export type QuestionVersionView = z.infer<typeof questionVersionSchema>;
export const similarQuestionSchema = z.object({
  id,
  similarity: z.number(),
  kind: z.enum(questionKinds),
  stem: z.string(),
  state: z.enum(questionStates),
});
export type SimilarQuestion = z.infer<typeof similarQuestionSchema>;
export const questionDetailSchema = z.object({
  id,
  bank: z.object({ id, titleZh: z.string(), scheme }),
  retiredAt: instant.nullable(),
  retiredBecause: z.string().nullable(),
  /** Newest first. */
  versions: z.array(questionVersionSchema),
  ownWork: z.boolean(),
  mayWrite: z.boolean(),
  mayReview: z.boolean(),
  /** Questions of the bank with a near-identical stem, the most alike first. */
  similar: z.array(similarQuestionSchema),
});
export type QuestionDetail = z.infer<typeof questionDetailSchema>;

const bankParams = z.object({ bankId: id });
const questionParams = z.object({ questionId: id });

export const listQuestionBanks = defineEndpoint({
  method: 'GET',
  path: '/api/question-banks',
  answer: z.object({ items: z.array(questionBankSchema) }),
});
export const createQuestionBank = defineEndpoint({
  method: 'POST',
  path: '/api/question-banks',
  body: z.object({ organisationId: id, scheme, titleZh: z.string().trim().min(2).max(60) }),
  answer: questionBankSchema,
});

/** States to filter by: those of the newest version, with `retired` for the question and `drawn` for what papers may draw. */
export const questionFilterStates = ['drawn', 'draft', 'review', 'refused', 'retired'] as const;
export const listQuestions = defineEndpoint({
  method: 'GET',
  path: '/api/question-banks/:bankId/questions',
  params: bankParams,
  query: z.object({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    /** Words of the question, its clause or its explanation. */
    q: z.string().trim().max(100).optional(),
    /** Words of the clause alone. */
    clause: z.string().trim().max(100).optional(),
    topicId: id.optional(),
    kind: z.enum(questionKinds).optional(),
    difficulty: z.coerce.number().pipe(difficulty).optional(),
    state: z.enum(questionFilterStates).optional(),
    importId: id.optional(),
  }),
  answer: list(questionSummarySchema),
});
export const getQuestion = defineEndpoint({
  method: 'GET',
  path: '/api/questions/:questionId',
  params: questionParams,
  answer: questionDetailSchema,
});
/** Refused with every problem (`questions.not_valid`, details.problems[] of `QuestionProblem` with the index of the item). */
export const createQuestion = defineEndpoint({
  method: 'POST',
  path: '/api/question-banks/:bankId/questions',
  params: bankParams,
  body: content,
  answer: questionDetailSchema,
});
/**
 * Writes the draft of a question: in place while one is open, else as a new version. `questions.changed_meanwhile` unless the version
 * seen is the newest and nobody wrote in it since.
 */
export const saveQuestion = defineEndpoint({
  method: 'PUT',
  path: '/api/questions/:questionId',
  params: questionParams,
  body: content.extend({ versionId: id, revision: z.int().min(1) }),
  answer: questionDetailSchema,
});
/** What was seen, so that nothing else is decided on. */
const seen = z
  .array(z.object({ versionId: id, revision: z.int().min(1) }))
  .min(1)
  .max(500);
const changed = z.object({ changed: z.int() });
/** Sends drafts to review, all or none: `questions.not_ready` with every problem. */
export const submitQuestions = defineEndpoint({
  method: 'POST',
  path: '/api/question-banks/:bankId/submissions',
  params: bankParams,
  body: z.object({ versions: seen }),
  answer: changed,
});
/** The author wants a version back that nobody decided on yet. */
export const takeBackQuestions = defineEndpoint({
  method: 'POST',
  path: '/api/question-banks/:bankId/take-backs',
  params: bankParams,
  body: z.object({ versions: seen }),
  answer: changed,
});
/** Decides, all or none. An approved version takes the place of the older one. A refusal needs a comment. */
export const reviewQuestions = defineEndpoint({
  method: 'POST',
  path: '/api/question-banks/:bankId/reviews',
  params: bankParams,
  body: z.object({
    versions: seen,
    decision: z.enum(['approved', 'refused']),
    comment: z.string().trim().max(1_000),
  }),
  answer: changed,
});
/** Takes questions out of use for good: these, or all whose clause holds the words. */
export const retireQuestions = defineEndpoint({
  method: 'POST',
  path: '/api/question-banks/:bankId/retirements',
  params: bankParams,
  body: z.object({
    which: z.union([
      z.object({ questionIds: z.array(id).min(1).max(500) }),
      z.object({
        clause: z.string().trim().min(2).max(100),
        /** How many the asker saw; another number is refused (`questions.count_changed`). */
        expected: z.int().min(1),
      }),
    ]),
    reason: z.string().trim().min(4).max(400),
  }),
  answer: changed,
});

/** Questions in use or in the making whose stem is near-identical to this one. */
export const findSimilarQuestions = defineEndpoint({
  method: 'POST',
  path: '/api/question-banks/:bankId/similar',
  params: bankParams,
  body: z.object({ question: questionSchema, exceptQuestionId: id.nullable().default(null) }),
  answer: z.object({ items: z.array(similarQuestionSchema) }),
});
/** Every pair of near-identical stems, the most alike first; at most 200 are shown. */
export const listDuplicateQuestions = defineEndpoint({
  method: 'GET',
  path: '/api/question-banks/:bankId/duplicates',
  params: bankParams,
  answer: z.object({
    total: z.int(),
    pairs: z.array(z.object({ similarity: z.number(), a: similarQuestionSchema, b: similarQuestionSchema })),
  }),
});

/** A picture or short video. `url` serves those who read questions. */
export const questionFileUploadSchema = z.object({
  id,
  kind: z.enum(['picture', 'video']),
  contentType: z.string(),
  sizeBytes: z.int(),
  url: z.string(),
});
export type QuestionFileView = z.infer<typeof questionFileUploadSchema>;
export const QUESTION_PICTURE_MIB = 5;
export const QUESTION_VIDEO_MIB = 30;
/** POST with the bytes, content-type application/octet-stream; what it is is found by its bytes. Not callable through `call`. */
export const questionFileUploadPath = (organisationId: string): string =>
  `/api/question-files?organisationId=${organisationId}`;
/** GET: the picture or video, for those who read questions. Candidates get signed addresses with their paper. */
export const questionFilePath = (fileId: string): string => `/api/question-files/${fileId}`;
