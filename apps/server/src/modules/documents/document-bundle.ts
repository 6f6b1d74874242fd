import type { BundleKey, ProofBundle, ProvedStatement } from '@antu/proof';
import type { Platform } from '../../platform/module.ts';
import { proofOf } from '../transparency/index.ts';
import type { DocumentRef } from './document-context.ts';
import { documentText, eventText, findDocumentRow, findEventRows, parseSignatures } from './document-rows.ts';
import { openBasis, openFields } from './sealed-parts.ts';

/**
 * What proves a document and everything decided about it since, without trust in this server. Holds nothing that is not public: values
 * that are not stand in it as commitments. Undefined while a part of it waits for the log, and for an unknown document.
 */
export async function documentBundle(platform: Platform, ref: DocumentRef): Promise<ProofBundle | undefined> {
  const { keys, pool, signing } = platform;
  const row = await findDocumentRow(pool, ref);
  if (!row) return undefined;
  const statements: ProvedStatement[] = [];
  const add = async (kind: 'document' | 'document-event', text: string, id: string, digest: Buffer, signed: string) => {
    const proof = await proofOf(platform, { kind, sourceId: id, digest });
    if (!proof) return false;
    statements.push({ kind, text, signatures: parseSignatures(signed), proof });
    return true;
  };
  const basis = openBasis(keys, row.basis_sealed, row.id);
  const text = documentText(row, openFields(keys, row.fields_sealed, row.id), basis);
  if (!(await add('document', text, row.id, row.hash, row.signatures))) return undefined;
  let previous = row.hash;
  for (const event of await findEventRows(pool, row)) {
    const told = eventText(event, row.code, openBasis(keys, event.basis_sealed, event.id), previous);
    if (!(await add('document-event', told, event.id, event.hash, event.signatures))) return undefined;
    previous = event.hash;
  }
  return { format: 'antu-proof-v1', statements, keys: usedKeys(signing.published(), statements) };
}

/** Keys that signed the statements, and those of the log that signed their checkpoints. */
function usedKeys(
  published: ReturnType<Platform['signing']['published']>,
  statements: readonly ProvedStatement[],
): BundleKey[] {
  const signers = new Set(statements.flatMap(({ signatures }) => signatures.map(({ keyId }) => keyId)));
  return published
    .filter((key) => signers.has(key.keyId) || (key.purpose === 'log' && key.retiredAt === null))
    .map(({ keyId, purpose, algorithm, publicKey }) => ({ keyId, purpose, algorithm, publicKey }));
}
