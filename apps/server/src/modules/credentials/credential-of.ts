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

/** A document as its holder may carry it: W3C Verifiable Credential 2.0, not signed yet. Everything printed stands in it. */
export function credentialOf(document: LoadedDocument, { did, publicUrl }: { did: string; publicUrl: string }) {
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
    ...(document.validUntil ? { validUntil: secondsOf(document.validUntil) } : {}),
    credentialSubject: {
      documentNumber: document.number,
      printedLines: document.fields.map(({ key, label, value }) => ({ key, label, value })),
    },
  };
}

/** XML Schema time without parts of a second, which some verifiers refuse. */
const secondsOf = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
