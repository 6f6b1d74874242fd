import {
  holderRequestKinds,
  type IssueReason,
  issueReasons,
  licenceActions,
  licenceCategories,
  licenceRequestKinds,
  licenceStandings,
} from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** Kinds of card; the last two were given out before and are carried over until they expire. */
export const licenceMedia = ['electronic', 'paper', 'ic-card'] as const;
/** What lists are filtered by; follows from the decision and the day. */
export const licenceStates = ['valid', 'renewable', 'expired', 'suspended', 'ended'] as const;
export type LicenceState = (typeof licenceStates)[number];

const categorySchema = z.enum(licenceCategories.map(({ code }) => code) as [string, ...string[]]);
const reasonSchema = z
  .literal(Object.keys(issueReasons).map(Number) as IssueReason[])
  .nullable()
  .default(null);
const daySchema = z.iso.date();
const noteSchema = z.string().trim().max(500);

export const licenceViewSchema = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  category: z.string(),
  categoryZh: z.string(),
  categoryEn: z.string(),
  medium: z.enum(licenceMedia),
  firstIssuedOn: daySchema,
  validFrom: daySchema,
  validUntil: daySchema,
  standing: z.enum(licenceStandings),
  phase: z.enum(['not-yet', 'in-term', 'renewable', 'renew-late', 'expired', 'lapsed']),
  /** 10 valid, 02 expired, 03 cancelled, 04 withdrawn, 05 revoked, 09 otherwise not valid. */
  statusCode: z.string(),
  authorityName: z.string(),
  /** Last day on which a renewal is in time, and the first. */
  renewBy: daySchema,
  renewFrom: daySchema,
  /** Day on which it is cancelled if nobody renews it. */
  lapsesOn: daySchema,
  /** Public code of the issued document; null for a carried-over card. */
  documentCode: z.string().nullable(),
});
export type LicenceView = z.infer<typeof licenceViewSchema>;

export const licenceEventSchema = z.object({
  id: z.uuid(),
  action: z.enum(licenceActions),
  reason: z.int().nullable(),
  validUntil: daySchema,
  note: z.string(),
  /** Name of whoever decided, or null for the passing of time. */
  byName: z.string().nullable(),
  at: z.iso.datetime(),
});
export type LicenceEvent = z.infer<typeof licenceEventSchema>;

export const licenceRequestSchema = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  licenceId: z.uuid().nullable(),
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  category: z.string(),
  categoryZh: z.string(),
  categoryEn: z.string(),
  kind: z.enum(licenceRequestKinds),
  reason: z.int().nullable(),
  note: z.string(),
  state: z.enum(['open', 'granted', 'refused']),
  askedBy: z.enum(['holder', 'officer']),
  askedAt: z.iso.datetime(),
  /** The caller asked, and so does not decide. */
  isMine: z.boolean(),
  decisionNote: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** What stands against it today; empty: it can be granted. */
  unmet: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
});
export type LicenceRequest = z.infer<typeof licenceRequestSchema>;

const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.uuid().nullable(), total: z.int() });

/** Licences of people within reach, by person; masked. */
export const listLicences = defineEndpoint({
  method: 'GET',
  path: '/api/licences',
  query: z.object({
    state: z.enum(licenceStates).optional(),
    category: categorySchema.optional(),
    /** A whole name or a whole ID number. */
    q: z.string().trim().max(60).optional(),
    cursor: z.uuid().optional(),
  }),
  answer: page(licenceViewSchema),
});

export const getLicence = defineEndpoint({
  method: 'GET',
  path: '/api/licences/:licenceId',
  params: z.object({ licenceId: z.uuid() }),
  answer: licenceViewSchema.extend({
    ruleSetId: z.string(),
    events: z.array(licenceEventSchema),
    requests: z.array(licenceRequestSchema),
  }),
});
export type LicenceDetail = z.infer<(typeof getLicence)['answer']>;

/** The caller's own licences. */
export const getOwnLicences = defineEndpoint({
  method: 'GET',
  path: '/api/licences/own',
  answer: z.object({
    today: daySchema,
    items: z.array(licenceViewSchema.extend({ openRequest: z.enum(licenceRequestKinds).nullable() })),
  }),
});
export type OwnLicence = z.infer<(typeof getOwnLicences)['answer']>['items'][number];

/** A code that is good for a minute, for the holder's phone. */
export const showOwnLicence = defineEndpoint({
  method: 'POST',
  path: '/api/licences/own/:licenceId/token',
  params: z.object({ licenceId: z.uuid() }),
  answer: z.object({
    /** What the QR code holds. */
    url: z.string(),
    code: z.string(),
    expiresAt: z.iso.datetime(),
    /** By the server: the phone's clock may be wrong. */
    secondsLeft: z.int(),
  }),
});
export type ShownLicence = z.infer<(typeof showOwnLicence)['answer']>;

const requestBody = z.object({ kind: z.enum(licenceRequestKinds), reason: reasonSchema, note: noteSchema.default('') });

/** Asked for by the holder. */
export const requestOwnLicence = defineEndpoint({
  method: 'POST',
  path: '/api/licences/own/:licenceId/requests',
  params: z.object({ licenceId: z.uuid() }),
  body: requestBody.extend({ kind: z.enum(holderRequestKinds) }),
  answer: z.object({ requestId: z.uuid() }),
});

/** Asked for by an officer; another one decides. */
export const requestLicence = defineEndpoint({
  method: 'POST',
  path: '/api/licence-requests',
  body: requestBody.extend({ personId: z.uuid(), category: categorySchema }),
  answer: z.object({ requestId: z.uuid() }),
});

/** The desk: open requests, the oldest first. */
export const listLicenceRequests = defineEndpoint({
  method: 'GET',
  path: '/api/licence-requests',
  query: z.object({ state: z.enum(['open', 'granted', 'refused']).default('open'), cursor: z.uuid().optional() }),
  answer: page(licenceRequestSchema),
});

export const decideLicenceRequest = defineEndpoint({
  method: 'POST',
  path: '/api/licence-requests/:requestId/decision',
  params: z.object({ requestId: z.uuid() }),
  body: z.object({ decision: z.enum(['granted', 'refused']), note: noteSchema.default('') }),
  answer: licenceRequestSchema,
});

/** A paper or IC card of before, as a row of a register has it. */
export const carriedCardSchema = z.object({
  idNumber: z.string().trim().max(40),
  category: z.string().trim().max(40),
  medium: z.string().trim().max(20),
  cardNumber: z.string().trim().max(40),
  firstIssuedOn: z.string().trim().max(20),
  validFrom: z.string().trim().max(20),
  validUntil: z.string().trim().max(20),
});
export type CarriedCard = z.infer<typeof carriedCardSchema>;

export const cardRowSchema = z.object({
  /** Place in the file, from 1. */
  row: z.int(),
  idNumberMasked: z.string(),
  category: z.string(),
  outcome: z.enum(['ready', 'carried', 'present', 'refused']),
  /** Every problem with the column it is in. */
  problems: z.array(z.object({ column: carriedCardSchema.keyof(), zh: z.string(), en: z.string() })),
});
export type CardRow = z.infer<typeof cardRowSchema>;

/** Carries cards over: rows that are right are kept, the others come back with their reasons. With `dryRun` nothing is kept. */
export const carryOverCards = defineEndpoint({
  method: 'POST',
  path: '/api/licence-cards',
  body: z.object({ dryRun: z.boolean().default(true), rows: z.array(carriedCardSchema).min(1).max(2_000) }),
  answer: z.object({
    rows: z.array(cardRowSchema),
    ready: z.int(),
    carried: z.int(),
    present: z.int(),
    refused: z.int(),
  }),
});
export type CarriedCards = z.infer<(typeof carryOverCards)['answer']>;

/** What an officer sees of a scanned code; the name and the whole number because the person stands before them. */
export const scanLicence = defineEndpoint({
  method: 'POST',
  path: '/api/licence-scans',
  body: z.object({
    /** The whole text of the QR code, or the code of the document. */
    text: z.string().trim().min(1).max(2_000),
  }),
  answer: z.object({
    /** `shown`: a fresh code of the holder's phone; `stale`: it was, but its minute is over; `bad`: not ours; `none`: paper or typed. */
    token: z.enum(['shown', 'stale', 'bad', 'none']),
    /** How long ago the minute ended, seconds; null unless stale. */
    staleSeconds: z.int().nullable(),
    licence: licenceViewSchema.extend({ name: z.string() }).nullable(),
    hasPhoto: z.boolean(),
  }),
});
export type ScannedLicence = z.infer<(typeof scanLicence)['answer']>;

/** GET answers the holder's photo (image/jpeg) and leaves an audit row; for officers. */
export const licencePhotoPath = '/api/licences/:licenceId/photo';
