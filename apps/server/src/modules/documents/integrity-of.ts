import { judgeSignature } from '@antu/proof';
import type { Platform } from '../../platform/module.ts';
import { proofOf, recordedAt } from '../transparency/index.ts';
import { documentText, findDocumentRow, parseSignatures } from './document-rows.ts';
import type { LoadedDocument } from './load-document.ts';
import { openBasis, openFields, sha256 } from './sealed-parts.ts';

export interface DocumentIntegrity {
  /** Whether the stored columns give the stored hash and every signature fits them. */
  readonly signaturesHold: boolean;
  /** Place in the transparency log, from 0; null while it waits. */
  readonly recorded: { readonly index: number; readonly at: Date } | null;
}

/** Computes again what was hashed, signed and logged when the document was issued. */
export async function integrityOf(platform: Platform, { bucket, id }: LoadedDocument): Promise<DocumentIntegrity> {
  const row = await findDocumentRow(platform.pool, { bucket, id });
  if (!row) return { signaturesHold: false, recorded: null };
  const text = documentText(
    row,
    openFields(platform.keys, row.fields_sealed, id),
    openBasis(platform.keys, row.basis_sealed, id),
  );
  const digest = sha256(text);
  const signatures = parseSignatures(row.signatures);
  const verdicts = await Promise.all(
    signatures.map((one) => judgeSignature(platform.signing.published(), 'document', Buffer.from(text), one)),
  );
  const signaturesHold =
    digest.equals(row.hash) && verdicts.length > 0 && verdicts.every((verdict) => verdict === 'valid');
  const proof = await proofOf(platform, { kind: 'document', sourceId: id, digest });
  const at = proof && (await recordedAt(platform.pool, proof.index));
  return { signaturesHold, recorded: proof && at ? { index: proof.index, at } : null };
}
