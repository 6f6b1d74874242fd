import {
  BitString,
  type BaseBlock,
  Boolean as DerBoolean,
  Constructed,
  fromBER,
  GeneralizedTime,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as DerSet,
  Utf8String,
  UTCTime,
} from 'asn1js';

/** Values of ASN.1 in DER (X.690), as few as certificates and CMS need. */
export type Der = BaseBlock;

/** asn1js wants a buffer of its own. */
const own = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

export const bytesOf = (value: Der): Uint8Array => new Uint8Array(value.toBER(false));
export const sequence = (...value: Der[]): Der => new Sequence({ value });
/** DER orders the members of a set by their bytes. */
export const setOf = (...value: Der[]): Der =>
  new DerSet({ value: value.toSorted((a, b) => Buffer.compare(bytesOf(a), bytesOf(b))) });
export const oid = (value: string): Der => new ObjectIdentifier({ value });
export const integer = (value: number): Der => new Integer({ value });
export const octets = (bytes: Uint8Array): Der => new OctetString({ valueHex: own(bytes) });
export const bits = (bytes: Uint8Array, unusedBits = 0): Der => new BitString({ valueHex: own(bytes), unusedBits });
export const utf8 = (value: string): Der => new Utf8String({ value });
export const yes = (): Der => new DerBoolean({ value: true });
export const nothing = (): Der => new Null();
/** `[tag] EXPLICIT`. */
export const explicit = (tagNumber: number, ...value: Der[]): Der =>
  new Constructed({ idBlock: { tagClass: 3, tagNumber }, value });

/** An unsigned number of any length. */
export function unsigned(bytes: Uint8Array): Der {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  const positive = (short[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...short) : short;
  return new Integer({ valueHex: own(positive) });
}

/** RFC 5280 4.1.2.5: UTCTime through 2049, GeneralizedTime from then on. Whole seconds. */
export function time(at: Date): Der {
  const valueDate = new Date(Math.floor(at.getTime() / 1000) * 1000);
  return valueDate.getUTCFullYear() < 2050 ? new UTCTime({ valueDate }) : new GeneralizedTime({ valueDate });
}

/** Takes DER apart. Throws RangeError if it is none. */
export function parseDer(bytes: Uint8Array): Der {
  const { offset, result } = fromBER(own(bytes));
  if (offset < 0) throw new RangeError('not DER');
  return result;
}

/** ECDSA-Sig-Value (RFC 3279 2.2.3) of r ‖ s. */
export const ecdsaValue = (raw: Uint8Array): Uint8Array =>
  bytesOf(sequence(unsigned(raw.subarray(0, 32)), unsigned(raw.subarray(32))));

/** AlgorithmIdentifier of ECDSA with SHA-256 (RFC 5758 3.2: without parameters). */
export const ecdsaWithSha256 = (): Der => sequence(oid('1.2.840.10045.4.3.2'));
