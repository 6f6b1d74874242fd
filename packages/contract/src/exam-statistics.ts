import { schemeCodes, SCORE_BINS } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { questionSchema } from './exam-question.ts';

const id = z.uuid();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** A group of sittings that were marked; voided ones are not counted, an appeal counts as it ended. */
export const resultGroupSchema = z.object({
  /** Null when the group is so small that it would speak of single people, and the reader may not know about them. */
  candidates: z.int().nullable(),
  passed: z.int().nullable(),
  /** Mean share of the points, 0 to 1; null also without anybody. */
  meanShare: z.number().nullable(),
  hidden: z.boolean(),
});
export type ResultGroup = z.infer<typeof resultGroupSchema>;

export const examStatisticsSchema = z.object({
  place: z.object({ kind: z.enum(['region', 'body', 'employer']), code: z.string(), name: z.string() }),
  from: month,
  to: month,
  /** Groups of fewer than `SMALLEST_SHOWN_GROUP` are left out for this reader. */
  hidesSmall: z.boolean(),
  /** Everything marked so far is in the sums; false for a minute after somebody was marked. */
  isCurrent: z.boolean(),
  total: resultGroupSchema,
  /** Every month of the span, also empty ones. */
  months: z.array(resultGroupSchema.extend({ month })),
  /** Candidates by twentieths of the points; null when hidden. */
  bins: z.array(z.int()).length(SCORE_BINS).nullable(),
  /** Each exam with the share of the points that passes, 0 to 1. */
  exams: z.array(
    resultGroupSchema.extend({ exam: z.string(), nameZh: z.string(), nameEn: z.string(), passShare: z.number() }),
  ),
  /** Weakest first. `share` of the points of the topic that were earned, 0 to 1. */
  topics: z.array(
    z.object({
      topicId: id,
      titleZh: z.string(),
      titleEn: z.string(),
      candidates: z.int().nullable(),
      share: z.number().nullable(),
      hidden: z.boolean(),
    }),
  ),
  /** Regions one level below, as the list of regions has them; empty for organisations. */
  regions: z.array(resultGroupSchema.extend({ code: z.string(), name: z.string() })),
  /** Of a region its training bodies, of a body the employers of its candidates; most candidates first, at most 50. */
  organisations: z.array(resultGroupSchema.extend({ organisationId: id, name: z.string() })),
  /** There are more organisations than are listed. */
  moreOrganisations: z.boolean(),
});
export type ExamStatistics = z.infer<typeof examStatisticsSchema>;

/** Pass rate and scores of a region with all below it, or of an organisation; without either, of the caller's own. */
export const getExamStatistics = defineEndpoint({
  method: 'GET',
  path: '/api/exam-statistics',
  query: z.object({
    region: z
      .string()
      .regex(/^\d{6}$/)
      .optional(),
    organisationId: id.optional(),
    scheme: z.enum(schemeCodes).optional(),
    /** By its rules, such as `two-kinds`; all exams without. */
    exam: z.string().max(60).optional(),
    /** At most 36 months; without, the last 12. */
    from: month.optional(),
    to: month.optional(),
  }),
  answer: examStatisticsSchema,
});

export const examItemSchema = z.object({
  questionId: id,
  versionId: id,
  topicTitleZh: z.string(),
  question: questionSchema,
  answered: z.int(),
  right: z.int(),
  /** Mean score, 0 (nobody) to 1 (everybody); null before the first answer. */
  pValue: z.number().nullable(),
  /** Point-biserial coefficient against the rest of the paper, -1 to 1; null where it is not defined. */
  discrimination: z.number().nullable(),
  choices: z.array(z.object({ part: z.int(), choice: z.string(), count: z.int() })),
});
export type ExamItem = z.infer<typeof examItemSchema>;
/** Questions of one exam that is over, those that need a look first. For those who may read questions. */
export const getExamItems = defineEndpoint({
  method: 'GET',
  path: '/api/exams/:examId/items',
  params: z.object({ examId: id }),
  answer: z.object({ titleZh: z.string(), candidates: z.int(), items: z.array(examItemSchema) }),
});
