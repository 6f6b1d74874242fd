import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { organisationTypeSchema, roleSchema } from './roles.ts';

/** What the person has to do next; `done` means the session is open. */
export const signInNextSchema = z.enum(['done', 'totp', 'enrol-totp', 'change-password']);
export type SignInNext = z.infer<typeof signInNextSchema>;

export const signInRequestSchema = z.object({
  /** ID number (18 or 15 characters) or user name. */
  login: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(128),
});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

export const signInAnswerSchema = z.object({ next: signInNextSchema });
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

const totpCodeSchema = z.string().regex(/^\d{6}$/);
export const totpRequestSchema = z.object({ code: totpCodeSchema });
export type TotpRequest = z.infer<typeof totpRequestSchema>;

/** Without `code`: starts and answers the secret to scan. With `code`: confirms it. */
export const totpEnrolRequestSchema = z.object({ code: totpCodeSchema.optional() });
export type TotpEnrolRequest = z.infer<typeof totpEnrolRequestSchema>;
export const totpEnrolAnswerSchema = z.object({
  next: signInNextSchema,
  /** Base32, only in the answer to the first step. */
  secret: z.string().optional(),
  otpauthUri: z.string().optional(),
});
export type TotpEnrolAnswer = z.infer<typeof totpEnrolAnswerSchema>;

export const changePasswordRequestSchema = z.object({
  currentPassword: z.string().min(1).max(128),
  newPassword: z.string().min(1).max(128),
});
export type ChangePasswordRequest = z.infer<typeof changePasswordRequestSchema>;

export const signOutAnswerSchema = z.object({ signedOut: z.literal(true) });

export const regionLevelSchema = z.enum(['province', 'city', 'county']);
export const regionRefSchema = z.object({ code: z.string(), name: z.string(), level: regionLevelSchema });
export type RegionRef = z.infer<typeof regionRefSchema>;
export const organisationRefSchema = z.object({ id: z.uuid(), name: z.string(), type: organisationTypeSchema });
export type OrganisationRef = z.infer<typeof organisationRefSchema>;

export const membershipSchema = z.object({
  role: roleSchema,
  organisation: organisationRefSchema,
  region: regionRefSchema,
});
export type MembershipView = z.infer<typeof membershipSchema>;

export const meSchema = z.object({
  account: z.object({ id: z.uuid(), login: z.string().nullable(), personId: z.uuid().nullable() }),
  displayName: z.string(),
  roles: z.array(roleSchema),
  memberships: z.array(membershipSchema),
  /** Of the first membership: what the page header shows. */
  organisation: organisationRefSchema.nullable(),
  region: regionRefSchema.nullable(),
  csrfToken: z.string(),
  idleTimeoutSeconds: z.int(),
  /** Null when the password does not age. */
  passwordExpiresAt: z.iso.datetime().nullable(),
});
export type Me = z.infer<typeof meSchema>;

export const demoAccountSchema = z.object({
  login: z.string(),
  password: z.string(),
  displayName: z.string(),
  role: roleSchema,
  organisation: z.string(),
  app: z.enum(['learner', 'enterprise', 'supervision']),
  /** Current code of the second factor; null for accounts without one. */
  totpCode: z.string().nullable(),
  totpSecondsLeft: z.int().nullable(),
  mustChangePassword: z.boolean(),
});
export const demoAnswerSchema = z.object({ accounts: z.array(demoAccountSchema) });
export type DemoAccount = z.infer<typeof demoAccountSchema>;
export type DemoAnswer = z.infer<typeof demoAnswerSchema>;

/**
 * The steps of signing in carry no CSRF header: each one proves intent by a secret in its body, and the cookie is
 * SameSite=Strict. Everything after them does.
 */
export const signIn = defineEndpoint({
  method: 'POST',
  path: '/api/auth/sign-in',
  body: signInRequestSchema,
  answer: signInAnswerSchema,
});
export const confirmTotp = defineEndpoint({
  method: 'POST',
  path: '/api/auth/totp',
  body: totpRequestSchema,
  answer: signInAnswerSchema,
});
export const enrolTotp = defineEndpoint({
  method: 'POST',
  path: '/api/auth/totp/enrol',
  body: totpEnrolRequestSchema,
  answer: totpEnrolAnswerSchema,
});
export const changePassword = defineEndpoint({
  method: 'POST',
  path: '/api/auth/change-password',
  body: changePasswordRequestSchema,
  answer: signInAnswerSchema,
});
export const signOut = defineEndpoint({ method: 'POST', path: '/api/auth/sign-out', answer: signOutAnswerSchema });
/** 401 `platform.not_signed_in` until every step of signing in is done. */
export const getMe = defineEndpoint({ method: 'GET', path: '/api/auth/me', answer: meSchema });
/** 404 unless the instance is a demo. */
export const getDemo = defineEndpoint({ method: 'GET', path: '/api/demo', answer: demoAnswerSchema });
