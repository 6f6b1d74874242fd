import { trainingPurposes } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

const hours = z.number();

/** How far a person's hours go for one purpose. Hours are 学时 in tenths, rounded down. */
export const purposeViewSchema = z.object({
  purpose: z.enum(trainingPurposes),
  titleZh: z.string(),
  titleEn: z.string(),
  ruleSetId: z.string(),
  /** Where the required hours are written down, and how sure they are. */
  source: z.string(),
  certainty: z.enum(['stated', 'verified', 'assumed', 'unknown']),
  cycleFrom: z.iso.date(),
  /** Null: asked for once. */
  cycleUntil: z.iso.date().nullable(),
  requiredHours: hours,
  countedHours: hours,
  /** Hours of the topics that must make up a share; null: no such rule. */
  share: z.object({ requiredHours: hours, countedHours: hours }).nullable(),
  met: z.boolean(),
  /** Every condition that is not met. */
  unmet: z.array(z.object({ code: z.enum(['hours-missing', 'share-missing']), zh: z.string(), en: z.string() })),
  /** Claims for a subsidy that hold any of the hours that count here, the newest first. */
  claims: z.array(
    z.object({ purpose: z.enum(trainingPurposes), organisationName: z.string(), claimedOn: z.iso.date() }),
  ),
});
export type PurposeView = z.infer<typeof purposeViewSchema>;

const answer = z.object({ today: z.iso.date(), items: z.array(purposeViewSchema) });

/** Purposes for which the caller's own hours count. */
export const getOwnPurposes = defineEndpoint({ method: 'GET', path: '/api/recognition/own', answer });

export const getPersonPurposes = defineEndpoint({
  method: 'GET',
  path: '/api/people/:personId/purposes',
  params: z.object({ personId: z.uuid() }),
  answer,
});

/** Claims the subsidy for everything that counts for a purpose in its present cycle, once. */
export const claimSubsidy = defineEndpoint({
  method: 'POST',
  path: '/api/people/:personId/subsidy-claims',
  params: z.object({ personId: z.uuid() }),
  body: z.object({ purpose: z.enum(trainingPurposes) }),
  answer: z.object({ claimId: z.uuid() }),
});
