import { questionFilePath, QUESTION_PICTURE_MIB, type QuestionFileView } from '@antu/contract';
import type { Question } from '@antu/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addQuestions,
  type BankFixture,
  codeOf,
  factsFor,
  judgement,
  makeBankFixture,
  type Person,
} from '../testing/bank-fixture.ts';
import { questionFileUrl, withFileUrls } from './signed-address.ts';

let fixture: BankFixture;
beforeAll(async () => {
  fixture = await makeBankFixture();
});
afterAll(() => fixture.close());

const drawn = (width: number, format: 'png' | 'jpeg' | 'webp' | 'gif', colour = '#1a7f72'): Promise<Buffer> =>
  sharp({ create: { width, height: 30, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer();
const upload = (bytes: Buffer, by: Person = fixture.teacher) =>
  by.client.post<QuestionFileView>(`/api/question-files?organisationId=${fixture.bodyId}`, bytes, {
    headers: { 'content-type': 'application/octet-stream' },
  });
const mp4 = (sizeBytes: number) =>
  Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), Buffer.alloc(sizeBytes)]);

describe('pictures and short videos of questions', () => {
  it.each([
    ['png', 'image/png'],
    ['gif', 'image/png'],
    ['jpeg', 'image/jpeg'],
    ['webp', 'image/jpeg'],
  ] as const)('keeps a %s as %s, drawn anew and no larger than needed', async (format, contentType) => {
    const { status, body } = await upload(await drawn(3000, format));
    expect([status, body.kind, body.contentType]).toEqual([201, 'picture', contentType]);
    const served = await fixture.manager.client.get(body.url);
    expect([served.status, served.headers['content-type']]).toEqual([200, contentType]);
    expect((await sharp(served.raw).metadata()).width).toBe(1280);
  });

  it('leaves out what a camera wrote into a photograph', async () => {
    const place = { exif: { IFD3: { GPSLatitude: '23/1 7/1 0/1' } } };
    const photo = await sharp(await drawn(60, 'jpeg', '#333'))
      .withExif(place.exif)
      .jpeg()
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const { body } = await upload(photo);
    expect((await sharp((await fixture.teacher.client.get(body.url)).raw).metadata()).exif).toBeUndefined();
  });

  it('keeps a video as it is, serves parts of it, and the same bytes once', async () => {
    const bytes = mp4(2000);
    const first = await upload(bytes);
    expect(first.body).toMatchObject({ kind: 'video', contentType: 'video/mp4', sizeBytes: bytes.length });
    expect((await upload(bytes)).body.id).toBe(first.body.id);
    const part = await fixture.teacher.client.get(first.body.url, { headers: { range: 'bytes=4-7' } });
    expect([part.status, part.text]).toEqual([206, 'ftyp']);
  });

  it.each([
    ['a page with a picture’s name', Buffer.from('<html><script>alert(1)</script></html>'), 'questions.file_unknown'],
    ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'questions.file_unknown'],
    ['half a picture', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1'), 'questions.file_broken'],
    ['nothing', Buffer.alloc(0), 'questions.file_empty'],
  ])('refuses %s', async (_, bytes, code) => {
    expect(codeOf(await upload(bytes))).toBe(code);
  });

  it('refuses a picture of more than 5 MiB and takes one just below', async () => {
    const bytes = (size: number) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(size - 8)]);
    const limit = QUESTION_PICTURE_MIB * 1024 * 1024;
    // Broken, not too big: it was looked at.
    expect(codeOf(await upload(bytes(limit)))).toBe('questions.file_broken');
    expect(codeOf(await upload(bytes(limit + 1)))).toBe('questions.file_too_big');
  });

  it('is written by writers of the body and read by readers of its questions only', async () => {
    const { body } = await upload(await drawn(50, 'png', '#fff'));
    expect((await upload(await drawn(50, 'png'), fixture.otherTeacher)).status).toBe(403);
    const status = async (who: Person) => (await who.client.get(body.url)).status;
    expect([await status(fixture.reviewer), await status(fixture.otherTeacher), await status(fixture.learner)]).toEqual(
      [200, 403, 403],
    );
  });

  it('a candidate sees it under an address that nobody else can use, until its time is over', async () => {
    const { body } = await upload(await drawn(51, 'png'));
    const { keys } = fixture.test.platform;
    const untilMs = fixture.test.clock.nowMs() + 60_000;
    const url = questionFileUrl(keys, body.id, fixture.learner.accountId, untilMs);
    const get = async (who: Person, address = url) => (await who.client.get(address)).status;
    expect([await get(fixture.learner), await get(fixture.otherTeacher)]).toEqual([200, 403]);
    expect(await get(fixture.learner, url.replace(String(untilMs), String(untilMs + 1)))).toBe(403);
    fixture.test.clock.advance(60_000);
    expect(await get(fixture.learner)).toBe(200);
    fixture.test.clock.advance(1);
    expect(codeOf(await fixture.learner.client.get(url))).toBe('questions.link_expired');
  });

  it('every picture of an asked question gets its address', () => {
    const file = (fileId: string) => ({ fileId, kind: 'picture', alt: '标志' }) as const;
    const part = {
      kind: 'single',
      stem: '选',
      files: [file('p')],
      options: [
        { key: 'A', text: '', file: file('o') },
        { key: 'B', text: '无', file: null },
      ],
    } as const;
    const asked = withFileUrls(
      fixture.test.platform.keys,
      { kind: 'case', stem: '案', files: [file('c')], parts: [part] },
      { accountId: 'a', untilMs: 5 },
    );
    const urls = [...JSON.stringify(asked).matchAll(/"url":"([^"?]+)\?/g)].map(([, url]) => url);
    expect(urls).toEqual(['c', 'p', 'o'].map((id) => `${questionFilePath(id)}/shown`));
  });

  it('a question cannot carry a file of another body', async () => {
    const { body } = await fixture.otherTeacher.client.post<QuestionFileView>(
      `/api/question-files?organisationId=${fixture.otherBodyId}`,
      await drawn(52, 'png'),
      { headers: { 'content-type': 'application/octet-stream' } },
    );
    const question: Question = {
      ...judgement('图中是什么标志'),
      files: [{ fileId: body.id, kind: 'picture', alt: '标志' }],
    } as Question;
    await expect(addQuestions(fixture, [{ question, facts: factsFor(fixture) }])).rejects.toMatchObject({
      code: 'questions.file_foreign',
    });
  });
});
