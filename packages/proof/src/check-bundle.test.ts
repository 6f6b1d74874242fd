import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBundle, digestOf, extractBundle, type ProofBundle, toHex } from './index.ts';
import { sampleIssuer } from './testing/sample-bundle.ts';

const issuer = sampleIssuer();
const text = '{"id":"019a","number":"粤2026-0001","type":"document"}';
issuer.add('hours', '{"n":1}');
const index = issuer.add('document', text);
const eventText = (seq: number, previous: string, documentId = '019a') =>
  JSON.stringify({
    documentId,
    previousHash: toHex(digestOf(previous)),
    seq,
    status: 'revoked',
    type: 'document-event',
  });
const event = { kind: 'document-event' as const, text: eventText(1, text), index: 0 };
event.index = issuer.add('document-event', event.text);
const oldCheckpoint = issuer.checkpoint();
const bundle = await issuer.bundle([
  { kind: 'document', text, index },
  event,
  { kind: 'hours', text: '{"n":1}', index: 0 },
]);
const bad = (report: Awaited<ReturnType<typeof checkBundle>>) =>
  report.checks.filter(({ outcome }) => outcome !== 'passed').map(({ name, outcome }) => `${name} ${outcome}`);

describe('a bundle', () => {
  test('is valid under keys from elsewhere', async () => {
    const report = await checkBundle(bundle, { keys: issuer.keys });
    expect(bad(report)).toEqual([]);
    expect(report.outcome).toBe('valid');
    expect(report.checks.filter(({ statement }) => statement === 0).map(({ name }) => name)).toEqual([
      'signature-ed25519',
      'signature-sm2',
      'inclusion',
      'log-signature-ed25519',
      'log-signature-sm2',
    ]);
  });

  test('proves no more than that it fits together without them', async () => {
    const report = await checkBundle(bundle);
    expect(report.outcome).toBe('unpinned');
    expect(bad(report)).toEqual(['keys open']);
  });

  test('of another issuer is refused', async () => {
    const report = await checkBundle(bundle, { keys: sampleIssuer().keys });
    expect(report.outcome).toBe('invalid');
  });

  test('with a text that was never logged is refused though it is signed', async () => {
    const [first, ...rest] = bundle.statements;
    const report = await checkBundle(
      { ...bundle, statements: [{ ...first, text: `${text} ` }, ...rest] },
      { keys: issuer.keys },
    );
    expect(bad(report)).toContain('inclusion failed');
    expect(bad(report)).toContain('signature-ed25519 failed');
  });

  test.each([
    null,
    1,
    'x',
    [],
    {},
    { ...bundle, more: 1 },
    { ...bundle, statements: [] },
    { ...bundle, format: 'antu-proof-v2' },
  ])('that is none is refused: %j', async (value) => expect((await checkBundle(value)).outcome).toBe('invalid'));

  test.each([
    ['of another document', eventText(1, text, '019b')],
    ['after one that was left out', eventText(2, text)],
    ['that follows another text', eventText(1, `${text} `)],
    ['that is no event', '{}'],
  ])('with an event %s is refused though it is signed and logged', async (_name, told) => {
    const place = issuer.add('document-event', told);
    const made = await issuer.bundle([
      { kind: 'document', text, index },
      { kind: 'document-event', text: told, index: place },
    ]);
    expect(bad(await checkBundle(made, { keys: issuer.keys }))).toEqual(['chain failed']);
  });

  test('with one changed byte is never valid', { timeout: 120_000 }, async () => {
    const bytes = new TextEncoder().encode(JSON.stringify(bundle));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
        const changed = bytes.map((byte, i) => (i === at ? byte ^ bits : byte));
        const read = await extractBundle(changed);
        expect((await checkBundle(read, { keys: issuer.keys })).outcome).toBe('invalid');
      }),
      { numRuns: 400 },
    );
  });
});

describe('the history of the log', () => {
  test('is continued', async () => {
    const later = sampleHistory();
    const [now, path] = await later;
    const report = await checkBundle(now, { keys: issuer.keys, oldCheckpoint, consistency: path });
    expect(report.outcome).toBe('valid');
    expect((await checkBundle(now, { keys: issuer.keys, oldCheckpoint })).outcome).toBe('unpinned');
  });

  test('a second log under the same keys is exposed', async () => {
    const forked = await forkOf(2);
    const report = await checkBundle(bundle, { keys: issuer.keys, oldCheckpoint: forked });
    expect(bad(report)).toContain('history failed');
  });
});

async function sampleHistory() {
  const from = issuer.add('hours', '{"n":2}');
  const now = await issuer.bundle([{ kind: 'document', text, index }]);
  return [now, await issuer.consistency(3, from + 1)] as const;
}

/** The checkpoint that the same keys signed over other leaves. */
async function forkOf(changed: number): Promise<string> {
  const other = sampleIssuer('antu.example/log', issuer);
  for (let i = 0; i < 3; i += 1) other.add('hours', `{"fork":${i === changed}}`);
  return other.checkpoint();
}

describe('a file', () => {
  const json = Buffer.from(JSON.stringify(bundle));
  const pdf = (attached: Buffer) =>
    Buffer.concat([
      Buffer.from('%PDF-1.7\n1 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream\nendobj\n2 0 obj\nstream\r\n'),
      attached,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
  test.each([
    ['a bundle', json],
    ['a PDF with the bundle as it is', pdf(json)],
    ['a PDF with the bundle compressed', pdf(deflateSync(json))],
  ])('%s', async (_name, file) => expect((await extractBundle(file)) as ProofBundle).toEqual(bundle));

  test.each([
    ['a PDF without a bundle', pdf(Buffer.from('nothing'))],
    ['no file', Buffer.alloc(0)],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff])],
  ])('%s has none', async (_name, file) => expect(await extractBundle(file)).toBeUndefined());
});
