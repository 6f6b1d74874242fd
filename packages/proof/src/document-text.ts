import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from './hex.ts';

/** Who may read a printed value: everybody, everybody in its masked form, or whoever holds the paper. */
export type ShownTo = 'public' | 'masked' | 'holder';

/**
 * A value as the signed text of a document holds it. Values that are not public stand there as a commitment: the text can be shown
 * to everybody, and the holder, who has the openings on the certificate, can prove each value by itself.
 */
export interface CommittedField {
  readonly key: string;
  readonly label: string;
  readonly show: ShownTo;
  /** Of public values. */
  readonly value?: string;
  /** Of masked values: what everybody may read. */
  readonly maskedValue?: string;
  /** Of masked and holder's values: `fieldCommitment`. */
  readonly commitment?: string;
}

/** What opens a commitment. */
export interface FieldOpening {
  readonly key: string;
  readonly value: string;
  /** Hexadecimal, 16 random bytes: without it nobody can try names against a commitment. */
  readonly salt: string;
}

/** SHA-256 in hexadecimal over the JSON list of key, salt and value. */
export const fieldCommitment = ({ key, salt, value }: FieldOpening): string =>
  toHex(sha256(new TextEncoder().encode(JSON.stringify([key, salt, value]))));

/** The text of a document that is hashed, signed and logged, taken apart. Instants are milliseconds since 1970. */
export interface DocumentClaims {
  readonly v: 1;
  readonly type: 'document';
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly number: string;
  readonly issuerId: string;
  readonly series: { readonly code: string; readonly year: number; readonly number: number } | null;
  readonly ruleSetId: string;
  readonly fields: readonly CommittedField[];
  /** SHA-256 of the sealed basis of the decision: holder, issuing account, hours and results it rests on. Hexadecimal. */
  readonly basisHash: string;
  readonly photoHash: string | null;
  readonly issuedAtMs: number;
  readonly validFromMs: number;
  readonly validUntilMs: number | null;
  /** Id of the document that this one replaces. */
  readonly replaces: string | null;
  readonly recordedAtMs: number;
}

/** The text of a later decision about a document. */
export interface DocumentEventClaims {
  readonly v: 1;
  readonly type: 'document-event';
  readonly id: string;
  readonly documentId: string;
  readonly code: string;
  /** 1, 2, … for each document. */
  readonly seq: number;
  readonly status: string;
  /** SHA-256 of the sealed basis: reason and deciding account. Hexadecimal. */
  readonly basisHash: string;
  /** SHA-256 of the text before: the last event's, or the document's. Hexadecimal. */
  readonly previousHash: string;
  readonly atMs: number;
  readonly recordedAtMs: number;
}

/** Whether every opening fits the committed field of its key. */
export const doOpeningsFit = (fields: readonly CommittedField[], openings: readonly FieldOpening[]): boolean =>
  openings.every((opening) => {
    const field = fields.find(({ key }) => key === opening.key);
    return field?.commitment !== undefined && field.commitment === fieldCommitment(opening);
  });
