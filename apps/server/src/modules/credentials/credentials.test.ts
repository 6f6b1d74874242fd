import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSigningKeys, rotateSigningKey } from '../../platform/signing/file-keys.ts';
import type { SigningKeys } from '../../platform/signing/signing-key.ts';
import { type LoadedDocument, registerDocumentKind } from '../documents/index.ts';
import { base58 } from './base58.ts';
import { credentialOf } from './credential-of.ts';
import { didDocumentOf, didOf } from './did-of.ts';
import { checkCredential, signCredential } from './sign-credential.ts';

const publicUrl = 'https://antu.example:8443';
const now = new Date('2026-11-26T08:00:00Z');
const signedAt = new Date('2026-11-25T15:00:00Z');
const document = {
  kind: 'test.credential',
  code: '7Q4M2K9D7Q4M2K9D7Q4M',
  number: 'PX2026000001',
  validFrom: new Date('2026-11-25T16:00:00Z'),
  validUntil: new Date('2026-11-28T16:00:00Z'),
  fields: [
    { key: 'name', label: '姓名', value: '王建国' },
    { key: 'course', label: '培训课程', value: '道路旅客运输安全' },
  ],
} as unknown as LoadedDocument;

let keyDir: string;
let signing: SigningKeys;
const world = () => ({ signing, settings: { publicUrl } }) as unknown as Parameters<typeof signCredential>[0];
const made = (until: Date | null = document.validUntil) =>
  signCredential(
    world(),
    credentialOf({ ...document, validUntil: until }, { did: didOf(publicUrl), publicUrl, now: signedAt }),
    signedAt,
  );
beforeAll(async () => {
  registerDocumentKind({
    kind: 'test.credential',
    titleZh: '培训证明',
    titleEn: 'Certificate',
    render: () => undefined,
  });
  keyDir = await mkdtemp(join(tmpdir(), 'antu-credential-'));
  signing = await openSigningKeys(keyDir, now);
});
afterAll(() => rm(keyDir, { recursive: true, force: true }));

describe('a credential', () => {
  test('is one of version 2.0 with a proof of eddsa-rdfc-2022 that holds', async () => {
    const credential = await made();
    expect(credential.proof).toMatchObject({
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
    });
    expect(credential.issuer).toBe('did:web:antu.example%3A8443');
    expect(await checkCredential(world(), credential, now)).toEqual([]);
  });

  test.each([
    ['the second before its term', '2026-11-25T15:59:59Z', false],
    ['its first second', '2026-11-25T16:00:00Z', true],
    ['its last second', '2026-11-28T15:59:59Z', true],
    ['the second after', '2026-11-28T16:00:01Z', false],
  ])('%s', async (_name, at, holds) => {
    expect((await checkCredential(world(), await made(), new Date(at))).length === 0).toBe(holds);
  });

  test.each([['2029-11-25T16:00:00Z'], [null]])(
    'of a document good until %s is itself good for a week',
    async (until) => {
      const credential = await made(until === null ? null : new Date(until));
      const weekLater = signedAt.getTime() + 7 * 86_400_000;
      const problemsAt = (ms: number) => checkCredential(world(), credential, new Date(ms));
      expect(await problemsAt(weekLater - 1000)).toEqual([]);
      expect(await problemsAt(weekLater + 1000)).not.toEqual([]);
    },
  );

  test('with any letter of its printed lines changed does not hold', async () => {
    const credential = await made();
    const text = JSON.stringify(credential.credentialSubject);
    const spots = [...'PX2026000001王建国道路旅客运输安全'].map((letter) => text.indexOf(letter));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...spots), fc.constantFrom(...'甲乙丙0987'), async (at, letter) => {
        fc.pre(text[at] !== letter);
        const changed = JSON.parse(text.slice(0, at) + letter + text.slice(at + 1)) as object;
        expect(await checkCredential(world(), { ...credential, credentialSubject: changed }, now)).not.toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('of another issuer, or with a member that nobody defined, does not hold', async () => {
    const credential = await made();
    expect(await checkCredential(world(), { ...credential, issuer: 'did:web:other.example' }, now)).not.toEqual([]);
    expect(await checkCredential(world(), { ...credential, extra: 'x' }, now)).not.toEqual([]);
    expect(await checkCredential(world(), {}, now)).not.toEqual([]);
  });

  test('holds after the key was changed', async () => {
    const credential = await made();
    await rotateSigningKey(keyDir, 'credential', now);
    signing = await openSigningKeys(keyDir, now);
    expect(await checkCredential(world(), credential, now)).toEqual([]);
    expect(didDocumentOf(publicUrl, signing.published()).assertionMethod).toHaveLength(2);
  });
});

describe('names', () => {
  test.each([
    ['https://antu.example', 'did:web:antu.example'],
    ['http://localhost:8080', 'did:web:localhost%3A8080'],
    ['https://province.example/antu', 'did:web:province.example:antu'],
  ])('%s is %s', (url, did) => expect(didOf(url)).toBe(did));

  // Encodings of IETF draft-msporny-base58, section 5.
  test.each([
    ['Hello World!', '2NEpo7TZRRrLZSi2U'],
    ['The quick brown fox jumps over the lazy dog.', 'USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z'],
  ])('%j in base 58', (text, encoded) => expect(base58(new TextEncoder().encode(text))).toBe(encoded));
  test('zero bytes stay', () => expect(base58(Buffer.from('0000287fb4cd', 'hex'))).toBe('11233QC4'));
});
