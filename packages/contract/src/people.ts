import { z } from 'zod';
import { organisationRefSchema, regionLevelSchema, regionRefSchema } from './auth.ts';
import { defineEndpoint } from './endpoint.ts';
import { organisationTypeSchema, roleSchema } from './roles.ts';

const regionCodeSchema = z.string().regex(/^\d{6}$/);
const plainDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Cursor paging, the same for every list: pass `nextCursor` back until it is null. */
const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

export const regionSchema = z.object({
  code: regionCodeSchema,
  name: z.string(),
  level: regionLevelSchema,
  parentCode: regionCodeSchema.nullable(),
  /** False for counties and for cities without counties (东莞, 中山, 儋州 …). */
  hasChildren: z.boolean(),
});
export type RegionView = z.infer<typeof regionSchema>;
/** Children of `parent`; provinces without it. */
export const regionsQuerySchema = z.object({ parent: regionCodeSchema.optional() });
export const regionsAnswerSchema = z.object({ items: z.array(regionSchema), dataDate: plainDateSchema });

export const organisationSchema = organisationRefSchema.extend({ uscc: z.string(), region: regionRefSchema });
export type OrganisationView = z.infer<typeof organisationSchema>;
export const organisationsQuerySchema = z.object({
  ...pageQuery,
  /** Part of the name or the whole credit code. */
  q: z.string().trim().max(60).optional(),
  type: organisationTypeSchema.optional(),
  region: regionCodeSchema.optional(),
});
export const organisationsAnswerSchema = listOf(organisationSchema);

export const createOrganisationRequestSchema = z.object({
  name: z.string().trim().min(2).max(100),
  type: organisationTypeSchema,
  uscc: z.string().trim().length(18),
  regionCode: regionCodeSchema,
});
export type CreateOrganisationRequest = z.infer<typeof createOrganisationRequestSchema>;

export const affiliationKindSchema = z.enum(['employed', 'enrolled']);
export const affiliationSchema = z.object({
  organisation: organisationRefSchema,
  kind: affiliationKindSchema,
  post: z.string().nullable(),
  from: plainDateSchema,
  to: plainDateSchema.nullable(),
});
export type AffiliationView = z.infer<typeof affiliationSchema>;

export const personListItemSchema = z.object({
  id: z.uuid(),
  /** 张* */
  nameMasked: z.string(),
  /** 4401**********0013 */
  idNumberMasked: z.string(),
  sex: z.enum(['male', 'female']),
  region: regionRefSchema,
  affiliations: z.array(affiliationSchema),
});
export type PersonListItem = z.infer<typeof personListItemSchema>;
export const peopleQuerySchema = z.object({
  ...pageQuery,
  /** The whole name: encrypted names are found by a keyed index, so parts of one cannot be. */
  name: z.string().trim().max(60).optional(),
  idNumber: z.string().trim().max(18).optional(),
  organisationId: z.uuid().optional(),
  region: regionCodeSchema.optional(),
});
export const peopleAnswerSchema = listOf(personListItemSchema);

export const personDetailSchema = personListItemSchema.extend({
  birthDate: plainDateSchema,
  createdAt: z.iso.datetime(),
  hasAccount: z.boolean(),
});
export type PersonDetail = z.infer<typeof personDetailSchema>;

export const createPersonRequestSchema = z.object({
  name: z.string().trim().min(1).max(60),
  idNumber: z.string().trim().min(15).max(18),
  organisationId: z.uuid(),
  kind: affiliationKindSchema.default('employed'),
  post: z.string().trim().min(1).max(60).optional(),
  from: plainDateSchema.optional(),
});
export type CreatePersonRequest = z.input<typeof createPersonRequestSchema>;
export const createPersonAnswerSchema = z.object({
  person: personDetailSchema,
  /** False when the person was known already and only joined the organisation. */
  created: z.boolean(),
  /** Shown once, to hand over; the first sign-in changes it. Null when the person had an account already. */
  initialPassword: z.string().nullable(),
});

export const revealRequestSchema = z.object({ reason: z.string().trim().min(4).max(200) });
export const revealAnswerSchema = z.object({ name: z.string(), idNumber: z.string() });
export const resetPasswordAnswerSchema = z.object({ initialPassword: z.string() });

export const accountSchema = z.object({
  id: z.uuid(),
  login: z.string(),
  displayName: z.string(),
  disabled: z.boolean(),
  lockedUntil: z.iso.datetime().nullable(),
  mustChangePassword: z.boolean(),
  hasTotp: z.boolean(),
  lastSignInAt: z.iso.datetime().nullable(),
  memberships: z.array(z.object({ role: roleSchema, organisation: organisationRefSchema, region: regionRefSchema })),
});
export type AccountView = z.infer<typeof accountSchema>;
export const accountsQuerySchema = z.object({ ...pageQuery, q: z.string().trim().max(60).optional() });
export const accountsAnswerSchema = listOf(accountSchema);

const membershipRequestSchema = z.object({ role: roleSchema, organisationId: z.uuid() });
export const createAccountRequestSchema = z.object({
  login: z.string().regex(/^[a-z][a-z0-9.-]{2,31}$/),
  displayName: z.string().trim().min(1).max(60),
  memberships: z.array(membershipRequestSchema).min(1).max(20),
});
export type CreateAccountRequest = z.infer<typeof createAccountRequestSchema>;
export const createAccountAnswerSchema = z.object({ account: accountSchema, initialPassword: z.string() });
export const changeMembershipsRequestSchema = z.object({
  memberships: z.array(membershipRequestSchema).min(1).max(20),
});
export const setAccountDisabledRequestSchema = z.object({ disabled: z.boolean() });

const personParams = z.object({ personId: z.uuid() });
const accountParams = z.object({ accountId: z.uuid() });

export const listRegions = defineEndpoint({
  method: 'GET',
  path: '/api/regions',
  query: regionsQuerySchema,
  answer: regionsAnswerSchema,
});
export const listOrganisations = defineEndpoint({
  method: 'GET',
  path: '/api/organisations',
  query: organisationsQuerySchema,
  answer: organisationsAnswerSchema,
});
export const createOrganisation = defineEndpoint({
  method: 'POST',
  path: '/api/organisations',
  body: createOrganisationRequestSchema,
  answer: organisationSchema,
});
export const listPeople = defineEndpoint({
  method: 'GET',
  path: '/api/people',
  query: peopleQuerySchema,
  answer: peopleAnswerSchema,
});
export const getPerson = defineEndpoint({
  method: 'GET',
  path: '/api/people/:personId',
  params: personParams,
  answer: personDetailSchema,
});
export const createPerson = defineEndpoint({
  method: 'POST',
  path: '/api/people',
  body: createPersonRequestSchema,
  answer: createPersonAnswerSchema,
});
export const revealPerson = defineEndpoint({
  method: 'POST',
  path: '/api/people/:personId/reveal',
  params: personParams,
  body: revealRequestSchema,
  answer: revealAnswerSchema,
});
export const resetPersonPassword = defineEndpoint({
  method: 'POST',
  path: '/api/people/:personId/reset-password',
  params: personParams,
  answer: resetPasswordAnswerSchema,
});
export const listAccounts = defineEndpoint({
  method: 'GET',
  path: '/api/accounts',
  query: accountsQuerySchema,
  answer: accountsAnswerSchema,
});
export const createAccount = defineEndpoint({
  method: 'POST',
  path: '/api/accounts',
  body: createAccountRequestSchema,
  answer: createAccountAnswerSchema,
});
export const changeMemberships = defineEndpoint({
  method: 'PUT',
  path: '/api/accounts/:accountId/memberships',
  params: accountParams,
  body: changeMembershipsRequestSchema,
  answer: accountSchema,
});
export const setAccountDisabled = defineEndpoint({
  method: 'PUT',
  path: '/api/accounts/:accountId/disabled',
  params: accountParams,
  body: setAccountDisabledRequestSchema,
  answer: accountSchema,
});
export const resetAccountPassword = defineEndpoint({
  method: 'POST',
  path: '/api/accounts/:accountId/reset-password',
  params: accountParams,
  answer: resetPasswordAnswerSchema,
});
/** The telephone is lost: the second factor is taken off and enrolled anew at the next sign-in. */
export const resetAccountTotp = defineEndpoint({
  method: 'POST',
  path: '/api/accounts/:accountId/reset-totp',
  params: accountParams,
  answer: accountSchema,
});
