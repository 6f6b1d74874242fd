import { createHash } from 'node:crypto';
import { signCms } from '../signing/sign-cms.ts';
import type { SigningKey } from '../signing/signing-key.ts';
import type { Doc, Print } from './open-print.ts';

/** Room for the signature and a chain of several certificates, bytes. */
const CONTENTS_BYTES = 8192;
/** Ten digits: stands for a number until the file's length is known. */
const UNKNOWN = 9_999_999_999;
const RANGE = `/ByteRange [0 ${UNKNOWN} ${UNKNOWN} ${UNKNOWN}]`;
const EMPTY = '0'.repeat(2 * CONTENTS_BYTES);

type Reference = ReturnType<Doc['ref']>;
/** Parts of pdfkit's document that its types leave out. */
interface Inside {
  readonly page: { readonly annotations: Reference[]; readonly dictionary: Reference };
}

/**
 * Makes room for a signature, before the print is finished: a dictionary for PAdES (ETSI EN 319 142-1) whose place `signPdf` fills.
 * @param at stands in the dictionary as the time of signing
 */
export function reserveSignature(
  { doc }: Print,
  { name, reason, at }: { name: string; reason: string; at: Date },
): void {
  const inside = doc as unknown as Inside;
  const signature = doc.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, UNKNOWN, UNKNOWN, UNKNOWN],
    Contents: Buffer.alloc(CONTENTS_BYTES),
    // A string object is what pdfkit writes as text; a plain one would become a name.
    Name: Object(name),
    Reason: Object(reason),
    M: at,
  });
  signature.end('');
  const field = doc.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: Object('Signature1'),
    // Invisible, but PDF/A wants it printable; locked.
    Rect: [0, 0, 0, 0],
    F: 132,
    P: inside.page.dictionary,
    V: signature,
  });
  field.end('');
  inside.page.annotations.push(field);
  // pdfkit has forms, but with a default font and appearances, which a lone signature does not want.
  const root: { readonly data: Record<string, unknown> } = Reflect.get(doc, '_root');
  Reflect.set(doc, '_acroform', { fonts: {}, defaultFont: 'regular' });
  root.data.AcroForm = doc.ref({ Fields: [field], SigFlags: 3, DR: { Font: {} } });
}

/** Fills the reserved place: everything in the file but the signature itself is covered. */
export async function signPdf(pdf: Buffer, key: SigningKey): Promise<Buffer> {
  const rangeAt = pdf.indexOf(RANGE);
  const contentsAt = pdf.indexOf(`<${EMPTY}>`);
  if (rangeAt < 0 || contentsAt < 0) throw new Error('no place was reserved for a signature');
  const after = contentsAt + EMPTY.length + 2;
  const range = `/ByteRange [0 ${contentsAt} ${after} ${pdf.length - after}]`;
  const signed = Buffer.from(pdf);
  signed.write(range.padEnd(RANGE.length), rangeAt, 'latin1');
  const digest = createHash('sha256').update(signed.subarray(0, contentsAt)).update(signed.subarray(after)).digest();
  const cms = Buffer.from(await signCms(key, digest));
  if (cms.length > CONTENTS_BYTES) throw new Error(`the signature needs ${cms.length} bytes: the chain is too long`);
  signed.write(cms.toString('hex'), contentsAt + 1, 'latin1');
  return signed;
}
