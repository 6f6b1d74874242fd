import type { Platform } from '../../platform/module.ts';
import { type DocumentIntegrity, integrityOf, type LoadedDocument } from '../documents/index.ts';

/** Short enough that a row changed behind our back is found out the same hour. */
const KEPT_MS = 10 * 60_000;
/** The log is published every few seconds. */
const WAITING_KEPT_MS = 5_000;
const MOST = 20_000;

export type IntegrityOf = (document: LoadedDocument, nowMs: number) => Promise<DocumentIntegrity>;

/** Signatures of the national algorithm take milliseconds: what was found about a document holds for some minutes. */
export function makeIntegrityCache(platform: Platform): IntegrityOf {
  const kept = new Map<string, { found: Promise<DocumentIntegrity>; untilMs: number }>();
  return async (document, nowMs) => {
    const key = `${document.id}/${document.hash}`;
    const known = kept.get(key);
    if (known && known.untilMs > nowMs) return known.found;
    kept.delete(key);
    const found = integrityOf(platform, document);
    const entry = { found, untilMs: nowMs + WAITING_KEPT_MS };
    kept.set(key, entry);
    if (kept.size > MOST) kept.delete(kept.keys().next().value ?? '');
    try {
      const { recorded } = await found;
      if (recorded) entry.untilMs = nowMs + KEPT_MS;
      return await found;
    } catch (error) {
      kept.delete(key);
      throw error;
    }
  };
}
