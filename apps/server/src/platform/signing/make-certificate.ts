import { createHash, randomBytes } from 'node:crypto';
import {
  bits,
  bytesOf,
  type Der,
  ecdsaValue,
  ecdsaWithSha256,
  explicit,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  time,
  unsigned,
  utf8,
  yes,
} from './der.ts';

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Uncompressed point of P-256. */
  readonly publicKey: Uint8Array;
  readonly issuerKey: Uint8Array;
  readonly from: Date;
  readonly until: Date;
  readonly isAuthority: boolean;
  /** With the issuer's key. @returns r ‖ s */
  sign(bytes: Uint8Array): Uint8Array;
}

const SERIAL_BYTES = 16;

const named = (commonName: string): Der => sequence(setOf(sequence(oid('2.5.4.3'), utf8(commonName))));

const keyIdentifier = (publicKey: Uint8Array): Uint8Array => createHash('sha1').update(publicKey).digest();

const extension = (id: string, value: Der, isCritical = false): Der =>
  sequence(oid(id), ...(isCritical ? [yes()] : []), octets(bytesOf(value)));

/** A certificate of X.509 version 3 (RFC 5280) with ECDSA over P-256, DER. */
export function makeCertificate(facts: CertificateFacts): Uint8Array {
  const { subject, issuer, publicKey, issuerKey, from, until, isAuthority, sign } = facts;
  const authorityKey = new Uint8Array([0x30, 22, 0x80, 20, ...keyIdentifier(issuerKey)]);
  const extensions = [
    extension('2.5.29.19', isAuthority ? sequence(yes()) : sequence(), true),
    // keyCertSign and cRLSign, or digitalSignature and nonRepudiation.
    extension('2.5.29.15', isAuthority ? bits(Uint8Array.of(0x06), 1) : bits(Uint8Array.of(0xc0), 6), true),
    extension('2.5.29.14', octets(keyIdentifier(publicKey))),
    sequence(oid('2.5.29.35'), octets(authorityKey)),
  ];
  const serial = randomBytes(SERIAL_BYTES);
  // Positive and of full length.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    explicit(0, integer(2)),
    unsigned(serial),
    ecdsaWithSha256(),
    named(issuer),
    sequence(time(from), time(until)),
    named(subject),
    sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bits(publicKey)),
    explicit(3, sequence(...extensions)),
  );
  return bytesOf(sequence(body, ecdsaWithSha256(), bits(ecdsaValue(sign(bytesOf(body))))));
}
