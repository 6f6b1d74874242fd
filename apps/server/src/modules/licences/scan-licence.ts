import type { ScannedLicence } from '@antu/contract';
import {
  bucketOf,
  bucketOfDocumentCode,
  chinaDateAt,
  getLicenceRuleSet,
  licenceLimitsOf,
  normaliseDocumentCode,
} from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { readHolderToken } from '../../platform/signing/holder-token.ts';
import { recordAudit } from '../audit/index.ts';
import { loadDocument, readPhoto } from '../documents/index.ts';
import { openName } from '../people/index.ts';
import { findLicence, type LicenceRow, presentLicence, selectLicences } from './licence-rows.ts';

type ScanContext = RouteContext<'licences.scan'>;

/** What a scanned text holds: the code of a document, and the token of a phone. */
export function readScanned(text: string): { code: string | undefined; token: string | null } {
  const match = /\/verify\/([^/?#\s]+)(?:\?([^#\s]*))?/.exec(text);
  const token = match ? new URLSearchParams(match[2] ?? '').get('t') : null;
  return { code: normaliseDocumentCode(match?.[1] ?? text), token };
}

/**
 * What an officer at the roadside sees. A document that was replaced leads to the licence it belonged to, with the code 01: the
 * right stands, this paper does not.
 */
export async function scanLicence(ctx: ScanContext, text: string): Promise<ScannedLicence> {
  const { code, token } = readScanned(text);
  const found = code === undefined ? undefined : await findByCode(ctx.pool, code);
  const licence = found?.licence;
  const read = await readToken(ctx, { code, token, licence });
  await recordAudit(ctx.pool, ctx, {
    action: 'licences.scan',
    object: { kind: 'licence', id: licence?.id ?? null },
    detail: { token: read.token, ...(licence ? { personId: licence.person_id } : {}) },
  });
  if (!licence || !found) return { ...read, licence: null, hasPhoto: false };
  const { keys } = ctx.platform;
  const view = presentLicence(keys, licence, chinaDateAt(ctx.nowMs()));
  return {
    ...read,
    licence: {
      ...view,
      statusCode: found.isReplaced && view.statusCode === '10' ? '01' : view.statusCode,
      name: openName(keys, licence.name_sealed, licence.person_id),
    },
    hasPhoto: (await photoKeyOf(ctx, licence)) !== null,
  };
}

interface Scanned {
  readonly code: string | undefined;
  readonly token: string | null;
  readonly licence: LicenceRow | undefined;
}

async function readToken(
  { platform, nowMs }: ScanContext,
  { code, token, licence }: Scanned,
): Promise<Pick<ScannedLicence, 'token' | 'staleSeconds'>> {
  if (code === undefined || token === null) return { token: 'none', staleSeconds: null };
  if (!licence) return { token: 'bad', staleSeconds: null };
  const { tokenSkewSeconds: skewSeconds } = licenceLimitsOf(getLicenceRuleSet(licence.rule_set_id));
  const verdict = await readHolderToken(platform.signing, { code, token, nowMs: nowMs(), skewSeconds });
  if (verdict.state === 'bad') return { token: 'bad', staleSeconds: null };
  if (verdict.state === 'fresh') return { token: 'shown', staleSeconds: null };
  return { token: 'stale', staleSeconds: Math.ceil((nowMs() - verdict.expiresAtMs) / 1000) };
}

/** The licence of a document's code, also of one that was replaced meanwhile: each is named by an event. */
async function findByCode(
  db: Queryable,
  code: string,
): Promise<{ licence: LicenceRow; isReplaced: boolean } | undefined> {
  const bucket = bucketOfDocumentCode(code);
  const [now] = await selectLicences(db, 'l.bucket = $1 and l.document_code = $2', [bucket, code]);
  if (now) return { licence: now, isReplaced: false };
  const [before] = await selectLicences(
    db,
    `l.bucket = $1 and l.id in (select e.licence_id from licence_event e join issued_document d
       on d.bucket = e.bucket and d.id = e.document_id where e.bucket = $1 and d.code = $2)`,
    [bucket, code],
  );
  return before && { licence: before, isReplaced: true };
}

async function photoKeyOf(ctx: ScanContext, { id, document_id: documentId }: LicenceRow): Promise<string | null> {
  if (documentId === null) return null;
  const document = await loadDocument(ctx.platform, ctx.pool, { bucket: bucketOf(id), id: documentId });
  return document?.photoKey ?? null;
}

/** The holder's photo, for officers; each look leaves a row. Errors: `licences.not_found` */
export async function sendPhoto(ctx: ScanContext, licenceId: string): Promise<void> {
  const licence = await findLicence(ctx.pool, licenceId);
  const key = licence ? await photoKeyOf(ctx, licence) : null;
  const photo = key === null ? undefined : await readPhoto(ctx.platform, key);
  if (!licence || !photo) throw new AppError('licences.not_found');
  await recordAudit(ctx.pool, ctx, {
    action: 'licences.photo',
    object: { kind: 'licence', id: licenceId },
    detail: { personId: licence.person_id },
  });
  const type = photo[0] === 0x89 ? 'image/png' : 'image/jpeg';
  await ctx.reply.header('content-type', type).header('cache-control', 'private, no-store').send(photo);
}
