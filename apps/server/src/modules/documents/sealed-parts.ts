import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '@antu/domain';
import { type CommittedField, type FieldOpening, fieldCommitment } from '@antu/proof';
import { z } from 'zod';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';

const printedField = z.object({
  key: z.string().min(1),
  label: z.string().min(1),
  value: z.string(),
  /** Whoever scans the code sees public values, masked ones in their masked form, and nothing of the holder's. */
  show: z.enum(['public', 'masked', 'holder']),
  maskedValue: z.string().optional(),
});
/** What stands on the paper, in order. */
export type PrintedField = z.infer<typeof printedField>;

const saltedFields = z.array(printedField.extend({ salt: z.string() }));
export type SaltedField = z.infer<typeof saltedFields>[number];

const SALT_BYTES = 16;

export const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();
const newSalt = (): string => randomBytes(SALT_BYTES).toString('hex');

export function saltFields(fields: readonly PrintedField[]): SaltedField[] {
  const keys = new Set(fields.map(({ key }) => key));
  if (keys.size !== fields.length) throw new Error('two printed fields have the same key');
  if (fields.some(({ show, maskedValue }) => (show === 'masked') !== (maskedValue !== undefined)))
    throw new Error('a masked field, and only that, has a masked value');
  return fields.map((field) => ({ ...field, salt: newSalt() }));
}

/** Fields as the signed text holds them. */
export const committedFields = (fields: readonly SaltedField[]): CommittedField[] =>
  fields.map(({ key, label, value, show, maskedValue, salt }) => ({
    key,
    label,
    show,
    ...(show === 'public' ? { value } : { commitment: fieldCommitment({ key, salt, value }) }),
    ...(maskedValue === undefined ? {} : { maskedValue }),
  }));

/** What the holder's proof opens: everything that is not public anyway. */
export const openingsOf = (fields: readonly SaltedField[]): FieldOpening[] =>
  fields.filter(({ show }) => show !== 'public').map(({ key, value, salt }) => ({ key, value, salt }));

export const sealFields = (keys: KeyRing, fields: readonly SaltedField[], documentId: string): Buffer =>
  keys.encrypt('documents.fields', JSON.stringify(fields), documentId);

export const openFields = (keys: KeyRing, box: Buffer, documentId: string): SaltedField[] =>
  saltedFields.parse(JSON.parse(keys.decrypt('documents.fields', box, documentId)));

/** A basis with a salt in it, as text: what is sealed and hashed, so that its hash gives nothing away. */
export const basisText = (basis: object): string => canonicalJson({ ...basis, salt: newSalt() });

/** @param owner id of the document or event */
export const sealBasis = (keys: KeyRing, text: string, owner: string): Buffer =>
  keys.encrypt('documents.basis', text, owner);

export const openBasis = (keys: KeyRing, box: Buffer, owner: string): string =>
  keys.decrypt('documents.basis', box, owner);
