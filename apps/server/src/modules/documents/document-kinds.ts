import type { Print } from '../../platform/print/open-print.ts';
import type { LoadedDocument } from './load-document.ts';

/** A kind of document, known to the core by what its module says. */
export interface DocumentKind {
  /** `<module>.<what>`, such as `certificates.training`. Stored; never changed. */
  readonly kind: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** Draws the paper; QR code, attachment and signature are the core's. */
  render(print: Print, document: LoadedDocument): void;
}

const kinds = new Map<string, DocumentKind>();

/** Called by the issuing module when it is loaded. */
export function registerDocumentKind(kind: DocumentKind): void {
  kinds.set(kind.kind, kind);
}

export function documentKindOf(name: string): DocumentKind {
  const kind = kinds.get(name);
  if (!kind) throw new Error(`no module has registered documents of the kind ${name}`);
  return kind;
}
