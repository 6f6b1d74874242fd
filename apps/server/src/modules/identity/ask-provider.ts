import { identityProblems, suspicionSigns } from '@antu/domain';
import { z } from 'zod';
import type { Logger } from '../../platform/log.ts';
import type { EnrolAnswer, EnrolRequest, IdentityProvider, JudgeAnswer, JudgeRequest } from './engine/index.ts';

/** Nothing was decided. */
const away: JudgeAnswer = {
  outcome: 'pending',
  problems: ['provider-away'],
  signs: [],
  distance: null,
  bestFrame: null,
  detail: {},
};

const numbers = z.record(z.string().max(60), z.number());
const judgeAnswerSchema = z
  .object({
    outcome: z.enum(['passed', 'failed', 'pending']),
    problems: z.array(z.enum(identityProblems)).max(identityProblems.length),
    signs: z.array(z.enum(suspicionSigns)).max(suspicionSigns.length),
    distance: z.number().min(0).nullable(),
    bestFrame: z.int().min(0).nullable(),
    detail: numbers,
  })
  // Passed with a problem, or failed without one, is no answer.
  .refine(({ outcome, problems }) => outcome === 'pending' || (outcome === 'passed') === (problems.length === 0));
const enrolAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('accepted'),
    template: z.object({ provider: z.enum(['builtin', 'http', 'refuse']), bytes: z.instanceof(Buffer) }),
    detail: numbers,
  }),
  z.object({ outcome: z.literal('refused'), problems: z.array(z.enum(identityProblems)).min(1) }),
  z.object({ outcome: z.literal('pending') }),
]);

type Limits = { limitMs: number; log: Logger };

/**
 * Asks who is in the pictures. Whatever goes wrong with the provider – it throws, is late, answers something that is no
 * answer – comes out as pending, never as passed.
 */
export async function askToJudge(
  find: () => Promise<IdentityProvider>,
  request: JudgeRequest,
  limits: Limits,
): Promise<JudgeAnswer> {
  const answer = await inTime(find, (provider, signal) => provider.judge({ ...request, signal }), limits);
  const checked = judgeAnswerSchema.safeParse(answer);
  if (!checked.success) {
    if (answer !== undefined) limits.log.error('the identity provider answered something that is no verdict');
    return away;
  }
  const { outcome, problems } = checked.data;
  return outcome === 'pending' && problems.length === 0 ? { ...checked.data, problems: away.problems } : checked.data;
}

/** Asks whether a picture is good enough to compare with. Anything but a clear answer is pending. */
export async function askToEnrol(
  find: () => Promise<IdentityProvider>,
  request: EnrolRequest,
  limits: Limits,
): Promise<EnrolAnswer> {
  const answer = await inTime(find, (provider, signal) => provider.enrol({ ...request, signal }), limits);
  const checked = enrolAnswerSchema.safeParse(answer);
  return checked.success ? checked.data : { outcome: 'pending' };
}

/** The answer, or undefined if it does not come in time or fails. A provider that ignores the signal is left behind. */
async function inTime<T>(
  find: () => Promise<IdentityProvider>,
  ask: (provider: IdentityProvider, signal: AbortSignal) => Promise<T>,
  { limitMs, log }: Limits,
): Promise<T | undefined> {
  const controller = new AbortController();
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    late.resolve(undefined);
    controller.abort(new Error(`no answer within ${limitMs} ms`));
  }, limitMs);
  const asked = (async () => ask(await find(), controller.signal))().catch((error: unknown) => {
    log.error({ err: error }, 'the identity provider failed');
    return undefined;
  });
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
