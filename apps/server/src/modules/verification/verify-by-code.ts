import type { Verification, VerifiedField } from '@antu/contract';
import { normaliseDocumentCode } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { readHolderToken } from '../../platform/signing/holder-token.ts';
import {
  documentKindOf,
  loadDocument,
  type LoadedDocument,
  type PrintedField,
  standingOf,
} from '../documents/index.ts';
import type { VerificationLimits } from './limits.ts';
import type { IntegrityOf } from './remember-integrity.ts';

/** What clocks of two servers may differ. */
const SKEW_SECONDS = 5;

interface Tools {
  readonly limits: VerificationLimits;
  readonly integrity: IntegrityOf;
}

/** What anybody may know about the document of a code; everything printed if its holder shows it now. */
export async function verifyByCode(
  ctx: RouteContext,
  { limits, integrity }: Tools,
  typed: string,
  token: string | undefined,
): Promise<Verification> {
  // A revocation counts from the second in which it is decided: nobody keeps this answer.
  ctx.reply.header('cache-control', 'no-store');
  const nowMs = ctx.nowMs();
  if (!limits.unknownCodes.has(ctx.address, nowMs)) throw new AppError('verification.too_many_unknown');
  const askedAt = new Date(nowMs).toISOString();
  const code = normaliseDocumentCode(typed);
  const document = code && (await loadDocument(ctx.platform, ctx.pool, { code }));
  if (!document) {
    limits.unknownCodes.take(ctx.address, nowMs);
    return { state: 'unknown', statusCode: null, since: null, holder: 'none', askedAt, document: null };
  }
  const { state, statusCode, since } = standingOf(document, new Date(nowMs));
  const holder = token ? (await tokenOf(ctx, document, token)).state : 'none';
  const [{ signaturesHold, recorded }, issuerName] = await Promise.all([
    integrity(document, nowMs),
    issuerNameOf(ctx.pool, document.issuerId),
  ]);
  const { titleZh, titleEn } = documentKindOf(document.kind);
  const { number, issuedAt, validFrom, validUntil, replacedBy } = document;
  return {
    state,
    statusCode,
    since: since.toISOString(),
    holder,
    askedAt,
    document: {
      code: document.code,
      titleZh,
      titleEn,
      number,
      issuerName,
      issuedAt: issuedAt.toISOString(),
      validFrom: validFrom.toISOString(),
      validUntil: validUntil?.toISOString() ?? null,
      fields: document.fields.map((field) => shownField(field, holder === 'fresh')),
      replacedBy: replacedBy && { code: replacedBy.code, number: replacedBy.number },
      signatures: signaturesHold ? 'hold' : 'broken',
      log: recorded && { number: recorded.index + 1, recordedAt: recorded.at.toISOString() },
    },
  };
}

const tokenOf = (ctx: RouteContext, { code }: LoadedDocument, token: string) =>
  readHolderToken(ctx.platform.signing, { code, token, nowMs: ctx.nowMs(), skewSeconds: SKEW_SECONDS });

function shownField({ key, label, value, show, maskedValue }: PrintedField, isWhole: boolean): VerifiedField {
  if (isWhole || show === 'public') return { key, label, value, shown: 'whole' };
  if (show === 'masked') return { key, label, value: maskedValue ?? null, shown: 'masked' };
  return { key, label, value: null, shown: 'hidden' };
}

async function issuerNameOf(db: Queryable, id: string): Promise<string> {
  const { rows } = await db.query<{ name: string }>('select name from organisation where id = $1', [id]);
  return rows[0]?.name ?? '';
}
