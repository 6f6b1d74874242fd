import type { ServerModule } from '../../platform/module.ts';
import { verifyDocumentsCommand } from './verify-documents.ts';

export { changeDocument, type DocumentChange } from './change-document.ts';
export { documentBundle } from './document-bundle.ts';
export type { DocumentContext, DocumentRef } from './document-context.ts';
export { type DocumentKind, documentKindOf, registerDocumentKind } from './document-kinds.ts';
export { documentPdf, type DocumentPdf, verifyUrlOf } from './document-pdf.ts';
export { type DocumentIntegrity, integrityOf } from './integrity-of.ts';
export { type DocumentToIssue, issueDocument, type IssuedDocument } from './issue-document.ts';
export { listDocumentsOf, loadDocument, type LoadedDocument, type LoadedEvent, standingOf } from './load-document.ts';
export { readPhoto } from './photo-files.ts';
export type { PrintedField } from './sealed-parts.ts';

export const documentsModule: ServerModule = {
  name: 'documents',
  commands: [verifyDocumentsCommand],
  constraints: {
    issued_document__replaced_once: 'documents.may_not_follow',
    document_event__bucket_document_id_seq: 'platform.conflict',
  },
};
