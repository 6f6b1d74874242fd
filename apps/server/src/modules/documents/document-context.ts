import type { Platform } from '../../platform/module.ts';
import type { AuditContext } from '../audit/index.ts';

/** Who issues or decides. A route's context fits; a job gives `{ ...systemAuditContext(now, id), platform }`. */
export interface DocumentContext extends AuditContext {
  readonly platform: Pick<Platform, 'keys' | 'signing' | 'storage'>;
}

/** A document by its place, or by the code of its public address, normalised. */
export type DocumentRef = { readonly bucket: number; readonly id: string } | { readonly code: string };
