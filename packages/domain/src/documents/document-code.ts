import { BUCKET_COUNT } from '../people/bucket.ts';

/** Digits of base 32 after Crockford: no I, L, O and U, which are misread or spell words. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 100 bits: 94 random ones, which nobody guesses, and the six of the bucket. */
export const DOCUMENT_CODE_LENGTH = 20;
/** Random bytes that a code uses up, one for each digit. */
export const DOCUMENT_CODE_BYTES = DOCUMENT_CODE_LENGTH;

/**
 * The code of a document: the only thing in its public address. Its last two digits end in the bucket, so that one shard answers
 * for it and codes are unique everywhere if they are in their bucket.
 * @param random 20 random bytes, of which five bits each are used
 */
export function documentCodeOf(random: Uint8Array, bucket: number): string {
  const values = Array.from({ length: DOCUMENT_CODE_LENGTH }, (_, at) => (random[at] ?? 0) & 31);
  values[DOCUMENT_CODE_LENGTH - 2] = ((values[DOCUMENT_CODE_LENGTH - 2] ?? 0) & 30) | (bucket >> 5);
  values[DOCUMENT_CODE_LENGTH - 1] = bucket & 31;
  return values.map((value) => DIGITS[value]).join('');
}

/** A code as it is stored, from what somebody typed: case, spaces and dashes do not matter, O is 0, I and L are 1. Undefined if it is none. */
export function normaliseDocumentCode(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isCode = plain.length === DOCUMENT_CODE_LENGTH && [...plain].every((digit) => DIGITS.includes(digit));
  return isCode ? plain : undefined;
}

/** The bucket in which the document of a normalised code lies. */
export function bucketOfDocumentCode(code: string): number {
  const value = DIGITS.indexOf(code.at(-2) ?? '') * 32 + DIGITS.indexOf(code.at(-1) ?? '');
  return value & (BUCKET_COUNT - 1);
}

/** Groups of five, as it is printed and read aloud. */
export const printedDocumentCode = (code: string): string => code.match(/.{1,5}/g)?.join('-') ?? code;
