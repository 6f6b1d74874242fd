import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkBundle, extractBundle } from '@antu/proof';
import fc from 'fast-check';
import jsqrModule from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '../../platform/database/pool.ts';
import { buildTestApp, createTestDatabase, type TestApp, type TestDatabase } from '../../platform/testing/index.ts';
import { systemAuditContext } from '../audit/index.ts';
import { sequenceNow, transparencyModule } from '../transparency/index.ts';
import { changeDocument } from './change-document.ts';
import { documentBundle } from './document-bundle.ts';
import { documentPdf } from './document-pdf.ts';
import { documentsModule } from './index.ts';
import { issueDocument } from './issue-document.ts';
import { documentToIssue, type DocumentWorld, makeDocumentWorld, registerTestKind } from './testing/document-world.ts';

const run = promisify(execFile);
/** The package is CommonJS with a default inside. */
const readQr = jsqrModule as unknown as typeof jsqrModule.default;

let database: TestDatabase;
let app: TestApp;
let world: DocumentWorld;
let directory: string;
let file: string;
let pdf: Buffer;
let issued: Awaited<ReturnType<typeof issueDocument>>;

const context = () => ({ ...systemAuditContext(() => app.clock.now(), randomUUID()), platform: app.platform });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'antu-pdf-'));
  file = join(directory, 'certificate.pdf');
  database = await createTestDatabase();
  app = await buildTestApp({
    database,
    modules: [transparencyModule, documentsModule],
    settings: { PUBLIC_URL: 'https://antu.example.cn' },
  });
  world = await makeDocumentWorld(database.owner, app.platform.keys);
  registerTestKind();
  issued = await transaction(database.pool, (tx) => issueDocument(tx, context(), documentToIssue(world)));
  expect(await documentPdf(app.platform, issued)).toEqual({ state: 'being-recorded' });
  await sequenceNow(app.platform);
  const made = await documentPdf(app.platform, issued);
  if (made?.state !== 'ready') throw new Error('not ready');
  pdf = made.bytes;
  await writeFile(file, pdf);
});
afterAll(async () => {
  await app.close();
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

/** What poppler, which knows nothing of us, says of the signature. */
async function signatureOf(bytes: Buffer): Promise<string> {
  const path = join(directory, `${randomUUID()}.pdf`);
  await writeFile(path, bytes);
  try {
    return (await run('pdfsig', ['-nocert', path])).stdout;
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? '');
  } finally {
    await rm(path);
  }
}

test('another program finds the signature valid and over the whole document', async () => {
  const said = await signatureOf(pdf);
  expect(said).toContain('Signature is Valid');
  expect(said).toContain('Total document signed');
  expect(said).toContain('ETSI.CAdES.detached');
  expect(said).toContain('Antu PDF signing key');
});

test('is small, has its fonts in it, and its text can be read out', async () => {
  expect(pdf.length).toBeLessThan(150 * 1024);
  const fonts = (await run('pdffonts', [file])).stdout.trim().split('\n').slice(2);
  expect(fonts.length).toBeGreaterThan(0);
  for (const font of fonts) expect(font).toMatch(/ yes yes yes +\d+ +\d+$/);
  const text = (await run('pdftotext', [file, '-'])).stdout;
  for (const part of ['王建国', '道路旅客运输安全', issued.number]) expect(text).toContain(part);
  expect(pdf.toString('latin1')).toMatch(/pdfaid:part>3</);
});

test('the printed code leads to the public page', async () => {
  await run('pdftoppm', ['-r', '150', '-png', '-singlefile', file, join(directory, 'page')]);
  const { data, info } = await sharp(await readFile(join(directory, 'page.png')))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const found = readQr(Uint8ClampedArray.from(data), info.width, info.height);
  expect(found?.data).toBe(`https://antu.example.cn/verify/${issued.code}`);
});

test('the attached proof is valid and gives nothing personal away', async () => {
  const bundle = await extractBundle(pdf);
  const { checks, outcome } = await checkBundle(bundle, { keys: [...app.platform.signing.published()] });
  expect(checks.filter((check) => check.outcome !== 'passed')).toEqual([]);
  expect(outcome).toBe('valid');
  const text = JSON.stringify(bundle);
  for (const secret of ['王建国', '440106199001010013', world.personId]) expect(text).not.toContain(secret);
});

test('a later decision is part of the proof', async () => {
  const other = await transaction(database.pool, (tx) => issueDocument(tx, context(), documentToIssue(world)));
  await transaction(database.pool, (tx) =>
    changeDocument(tx, context(), { ...other, status: 'revoked', reason: '冒名', at: app.clock.now() }),
  );
  await sequenceNow(app.platform);
  const bundle = await documentBundle(app.platform, other);
  expect(bundle?.statements.map(({ kind }) => kind)).toEqual(['document', 'document-event']);
  expect((await checkBundle(bundle, { keys: [...app.platform.signing.published()] })).outcome).toBe('valid');
});

test('any changed byte of what is signed is found', async () => {
  const [, , after = 0] = (/\/ByteRange \[0 (\d+) (\d+)/.exec(pdf.toString('latin1')) ?? []).map(Number);
  const before = pdf.indexOf('/Contents <') + '/Contents <'.length - 1;
  await fc.assert(
    fc.asyncProperty(fc.nat(pdf.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      fc.pre(at < before || at >= after);
      const changed = Buffer.from(pdf);
      changed[at] = (changed[at] ?? 0) ^ change;
      const said = await signatureOf(changed);
      return !(said.includes('Signature is Valid') && said.includes('Total document signed'));
    }),
    { numRuns: 60 },
  );
}, 60_000);
