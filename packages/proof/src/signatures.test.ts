import { generateKeyPairSync, sign } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64 } from './base64.ts';
import { fromHex, toHex } from './hex.ts';
import { keyIdOf, type PublicKeyEntry, type SignatureAlgorithm } from './public-keys.ts';
import { isSignatureOf, judgeSignature } from './signatures.ts';

const text = new TextEncoder().encode('结业证书 2026-000001');

const signers: Record<SignatureAlgorithm, () => { publicKey: Uint8Array; signature: Uint8Array }> = {
  Ed25519: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    return { publicKey: raw, signature: sign(null, text, privateKey) };
  },
  SM2: () => {
    const { publicKey, privateKey } = sm2.generateKeyPairHex();
    const signature = sm2.doSignature(text, privateKey, { hash: true, publicKey });
    return { publicKey: fromHex(publicKey), signature: fromHex(signature) };
  },
  ES256: () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const raw = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    return { publicKey: raw, signature: sign('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' }) };
  },
};

for (const algorithm of ['Ed25519', 'SM2', 'ES256'] as const) {
  test(`${algorithm}: the signature holds for its text alone; a changed bit anywhere is found`, async () => {
    const { publicKey, signature } = signers[algorithm]();
    expect(await isSignatureOf({ algorithm, publicKey }, text, signature)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('text', 'key', 'signature'), fc.nat(), fc.nat(7), async (part, at, bit) => {
        const parts = { text: Buffer.from(text), key: Buffer.from(publicKey), signature: Buffer.from(signature) };
        const bytes = parts[part as keyof typeof parts];
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        return !(await isSignatureOf({ algorithm, publicKey: parts.key }, parts.text, parts.signature));
      }),
      { numRuns: 60 },
    );
  });
}

test('the published standard example of SM2 with SM3 (GB/T 32918.5) is verified', async () => {
  // Key and message of GB/T 32918.5-2017 A.2, user id 1234567812345678.
  const publicKey = fromHex(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  );
  const signature = fromHex(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  );
  const message = new TextEncoder().encode('message digest');
  expect(await isSignatureOf({ algorithm: 'SM2', publicKey: publicKey }, message, signature)).toBe(true);
});

test('a key counts under its own name and for its purpose only', async () => {
  const { publicKey, signature } = signers.Ed25519();
  const key: PublicKeyEntry = {
    keyId: keyIdOf('Ed25519', publicKey),
    purpose: 'document',
    algorithm: 'Ed25519',
    publicKey: toBase64(publicKey),
    madeAt: '2026-01-01T00:00:00.000Z',
    retiredAt: null,
  };
  const made = { keyId: key.keyId, algorithm: 'Ed25519', value: toBase64(signature) } as const;
  expect(await judgeSignature([key], 'document', text, made)).toBe('valid');
  expect(await judgeSignature([key], 'log', text, made)).toBe('wrong-purpose');
  expect(await judgeSignature([], 'document', text, made)).toBe('unknown-key');
  const other = signers.Ed25519();
  const foisted = { ...key, publicKey: toBase64(other.publicKey) };
  expect(await judgeSignature([foisted], 'document', text, { ...made, value: toBase64(other.signature) })).toBe(
    'invalid',
  );
  expect(await judgeSignature([key], 'document', text, { ...made, value: '*' })).toBe('invalid');
});

test('hexadecimal there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...fromHex(toHex(bytes))]).toEqual([...bytes]);
    }),
  );
  expect(() => fromHex('abc')).toThrow(RangeError);
  expect(() => fromHex('zz')).toThrow(RangeError);
});
