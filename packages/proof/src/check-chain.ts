import type { ProvedStatement } from './bundle.ts';
import type { DocumentClaims, DocumentEventClaims } from './document-text.ts';
import { toHex } from './hex.ts';
import { digestOf } from './leaf.ts';

/**
 * What is wrong with the order of a document and its events: each event names the document, has the next number, and carries the
 * hash of the text before it, so that none can be left out in the middle or borrowed from another document. Undefined if nothing is.
 */
export function checkChain(statements: readonly ProvedStatement[]): string | undefined {
  const [first, ...others] = statements;
  const document = first && (parse(first.text) as Partial<DocumentClaims> | undefined);
  if (!first || document?.type !== 'document' || typeof document.id !== 'string')
    return 'the first statement is no document';
  let [previous, seq] = [first.text, 0];
  for (const { kind, text } of others) {
    if (kind === 'document') return 'there is a second document';
    if (kind === 'hours') continue;
    const event = parse(text) as Partial<DocumentEventClaims> | undefined;
    seq += 1;
    if (event?.type !== 'document-event' || event.documentId !== document.id)
      return `event ${seq} belongs to another document`;
    if (event.seq !== seq || event.previousHash !== toHex(digestOf(previous)))
      return `event ${seq} does not follow the one before`;
    previous = text;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
