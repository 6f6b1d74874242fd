import { archiveKinds } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

export const archiveOutcomes = ['none', 'passed', 'failed', 'pending', 'voided', 'in-force', 'ended'] as const;

export const archiveEntrySchema = z.object({
  id: z.uuid(),
  kind: z.enum(archiveKinds),
  /** China day. */
  day: z.iso.date(),
  at: z.iso.datetime(),
  titleZh: z.string(),
  titleEn: z.string(),
  outcome: z.enum(archiveOutcomes),
  /** Credited time of study; null for everything else. */
  creditedSeconds: z.int().nullable(),
  /** Training body or issuer. */
  bodyName: z.string().nullable(),
  /** Employer at the time. */
  employerName: z.string().nullable(),
  /** Last day on which it has to be there; null: no rule is known. */
  keptUntil: z.iso.date().nullable(),
  /** The rule that says so. */
  keptBy: z.string().nullable(),
  /** It may go: every rule is over. Nothing is deleted by that. */
  mayGo: z.boolean(),
  /** Corrections that stand beside it, the oldest first. */
  notes: z.array(z.object({ id: z.uuid(), text: z.string(), byName: z.string(), at: z.iso.datetime() })),
});
export type ArchiveEntry = z.infer<typeof archiveEntrySchema>;

const query = z.object({
  /** China year; left out: the newest in which something happened. */
  year: z.coerce.number().int().min(1990).max(2200).optional(),
  kind: z.enum(archiveKinds).optional(),
});
const answer = z.object({
  nameMasked: z.string(),
  idNumberMasked: z.string(),
  today: z.iso.date(),
  /** The year shown, and all years with entries, the newest first. */
  year: z.int().nullable(),
  years: z.array(z.int()),
  /** The newest first. */
  items: z.array(archiveEntrySchema),
});
export type ArchiveAnswer = z.infer<typeof answer>;

/** The caller's own training archive. */
export const getOwnArchive = defineEndpoint({ method: 'GET', path: '/api/archive/own', query, answer });

/** What the caller may see of somebody's archive: an employer its own time, a body what happened there, an authority all. */
export const getPersonArchive = defineEndpoint({
  method: 'GET',
  path: '/api/people/:personId/archive',
  params: z.object({ personId: z.uuid() }),
  query,
  answer,
});

/** A correction as a new fact beside the entry. */
export const addArchiveNote = defineEndpoint({
  method: 'POST',
  path: '/api/people/:personId/archive-notes',
  params: z.object({ personId: z.uuid() }),
  body: z.object({
    kind: z.enum(['employment', 'study', 'check', 'quiz', 'exam', 'document']),
    entryId: z.uuid(),
    text: z.string().trim().min(1).max(500),
  }),
  answer: z.object({ noteId: z.uuid() }),
});
