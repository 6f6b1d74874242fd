import { documentKindOf, type LoadedDocument } from '../documents/index.ts';

const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';

/** Terms of issued documents that the standard contexts lack, under the address of this system. */
const termsOf = (publicUrl: string) => {
  const term = (name: string) => `${publicUrl}/ns#${name}`;
  return {
    IssuedDocument: term('IssuedDocument'),
    documentNumber: term('documentNumber'),
    printedLines: { '@id': term('printedLines'), '@container': '@list' },
    label: term('label'),
    value: term('value'),
    key: term('key'),
  };
};

/**
 * A credential does not show that its document was revoked since, so each is good for a few days and fetched anew when it is
 * needed: whoever shows an old one has to ask us again, and gets none of a document that no longer holds.
 */
export const CREDENTIAL_DAYS = 7;

interface Issuing {
  readonly did: string;
  readonly publicUrl: string;
  readonly now: Date;
}

/** A document as its holder may carry it: W3C Verifiable Credential 2.0, not signed yet. Everything printed stands in it. */
export function credentialOf(document: LoadedDocument, { did, publicUrl, now }: Issuing) {
  const freshUntil = new Date(now.getTime() + CREDENTIAL_DAYS * 86_400_000);
  const { titleZh, titleEn } = documentKindOf(document.kind);
  return {
    '@context': [CREDENTIALS_V2, termsOf(publicUrl)],
    id: `${publicUrl}/verify/${document.code}`,
    type: ['VerifiableCredential', 'IssuedDocument'],
    issuer: did,
    name: [
      { '@value': titleZh, '@language': 'zh-CN' },
      { '@value': titleEn, '@language': 'en' },
    ],
    validFrom: secondsOf(document.validFrom),
    validUntil: secondsOf(document.validUntil && document.validUntil < freshUntil ? document.validUntil : freshUntil),
    credentialSubject: {
      documentNumber: document.number,
      printedLines: document.fields.map(({ key, label, value }) => ({ key, label, value })),
    },
  };
}

/** XML Schema time without parts of a second, which some verifiers refuse. */
const secondsOf = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
