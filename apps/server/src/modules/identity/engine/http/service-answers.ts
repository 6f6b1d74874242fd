import { identityProblems, suspicionSigns } from '@antu/domain';
import { z } from 'zod';

const problems = z.array(z.enum(identityProblems)).max(identityProblems.length);
const numbers = z.record(z.string().max(40), z.number()).default({});

/** What the service answers to `POST /enrol`. The template is its own affair and comes back to it with every check. */
export const enrolReplySchema = z.discriminatedUnion('outcome', [
  z.object({
    nonce: z.string(),
    outcome: z.literal('accepted'),
    template: z.base64().min(1).max(87_384),
    detail: numbers,
  }),
  z.object({ nonce: z.string(), outcome: z.literal('refused'), problems: problems.min(1) }),
  z.object({ nonce: z.string(), outcome: z.literal('pending') }),
]);

/** What it answers to `POST /judge`. Passed with a problem, or failed without one, is garbage. */
export const judgeReplySchema = z
  .object({
    nonce: z.string(),
    outcome: z.enum(['passed', 'failed', 'pending']),
    problems: problems.default([]),
    signs: z.array(z.enum(suspicionSigns)).max(suspicionSigns.length).default([]),
    distance: z.number().min(0).max(100).nullable().default(null),
    bestFrame: z.int().min(0).max(1000).nullable().default(null),
    detail: numbers,
  })
  .refine(({ outcome, problems: found }) => outcome === 'pending' || (outcome === 'passed') === (found.length === 0));
