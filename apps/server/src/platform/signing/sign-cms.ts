import { createHash, X509Certificate } from 'node:crypto';
import {
  bytesOf,
  type Der,
  ecdsaValue,
  ecdsaWithSha256,
  explicit,
  integer,
  octets,
  oid,
  parseDer,
  sequence,
  setOf,
} from './der.ts';
import type { SigningKey } from './signing-key.ts';

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const sha256Identifier = (): Der => sequence(oid('2.16.840.1.101.3.4.2.1'));

/**
 * A detached signature in CMS (RFC 5652) with the attributes of CAdES baseline B-B (ETSI EN 319 122-1): content type, digest and
 * signing-certificate-v2 (RFC 5035). No signing time: in a PDF it stands in the signature dictionary (EN 319 142-1 6.3).
 * @param digest SHA-256 of what is signed
 */
export async function signCms(key: SigningKey, digest: Uint8Array): Promise<Uint8Array> {
  const [own] = key.certificates;
  if (!own) throw new Error('a key without certificate signs no PDF');
  const attributes = [
    attribute(CONTENT_TYPE, oid(DATA)),
    attribute(MESSAGE_DIGEST, octets(digest)),
    // SHA-256 is the default of ESSCertIDv2 and therefore left out in DER.
    attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(octets(sha256(own)))))),
  ];
  const signed = bytesOf(setOf(...attributes));
  const signature = ecdsaValue(await key.sign(signed));
  const signer = sequence(
    integer(1),
    issuerAndSerial(own),
    sha256Identifier(),
    implicitSet(0, attributes),
    ecdsaWithSha256(),
    octets(signature),
  );
  const content = sequence(
    integer(1),
    setOf(sha256Identifier()),
    sequence(oid(DATA)),
    implicitSet(0, key.certificates.map(parseDer)),
    setOf(signer),
  );
  return bytesOf(sequence(oid(SIGNED_DATA), explicit(0, content)));
}

const attribute = (type: string, value: Der): Der => sequence(oid(type), setOf(value));

/** `[tag] IMPLICIT SET OF`, in the order of DER, which is also what was signed. */
const implicitSet = (tag: number, members: readonly Der[]): Der =>
  explicit(tag, ...members.toSorted((a, b) => Buffer.compare(bytesOf(a), bytesOf(b))));

/** Issuer and serial number out of a certificate: members of the body after its version. */
function issuerAndSerial(certificate: Uint8Array): Der {
  // Node reads it first, so that what follows is known to be a certificate.
  const { raw } = new X509Certificate(certificate);
  const [body] = membersOf(parseDer(raw));
  const [, serial, , issuer] = body ? membersOf(body) : [];
  if (!serial || !issuer) throw new RangeError('a certificate without version, serial number or issuer');
  return sequence(issuer, serial);
}

const membersOf = (value: Der): readonly Der[] => (value.valueBlock as { value?: Der[] }).value ?? [];
