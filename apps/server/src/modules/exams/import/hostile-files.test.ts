import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { writeText } from '@antu/domain';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IMPORT_LIMITS } from './files/import-limits.ts';
import type { ImportReading } from './read/read-import.ts';
import { encodeGbk } from './testing/gbk-encode.ts';
import { makeBank } from './testing/make-bank.ts';
import { readBytes, readGood } from './testing/read-back.ts';
import { renameEntry, unzip, zipOf } from './testing/zip-bytes.ts';
import { readInProcess, type ReadOptions } from './work/read-in-process.ts';
import { writeQuestions } from './write/write-workbook.ts';

const MIB = 1024 * 1024;
/** Heap, code, buffers of what is being unfolded; a bomb of 1 GiB would show. */
const MOST_PROCESS_MIB = 300;
let folder: string;
let sheet: Map<string, Buffer>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antu-hostile-'));
  sheet = await unzip(await buffer(writeQuestions(makeBank(4), ['防御性驾驶'])));
});
afterAll(() => rm(folder, { recursive: true }));

const codeOf = (reading: ImportReading): string => ('refusal' in reading ? reading.refusal.code : 'read');

async function inProcess(bytes: Buffer, options: ReadOptions = {}): Promise<{ code: string; peakMib: number }> {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  let peakMib = 0;
  const reading = await readInProcess(path, { ...options, onPeak: (peak) => (peakMib = peak) });
  if (process.env['FUZZ_CASES']) console.log(`${codeOf(reading)}: ${peakMib} MiB at most`);
  return { code: codeOf(reading), peakMib };
}
const sheetWith = (name: string, content: Buffer | string) => zipOf([...sheet, [name, Buffer.from(content)]]);
/** 500,000 cells that do not pack well enough to look like a bomb. */
const manyCells = (): string =>
  Array.from(
    { length: 1_000 },
    (_, row) =>
      `<row>${Array.from({ length: 500 }, (_cell, at) => `<c><v>${(row * 7_919 + at * 104_729) % 1_000_003}</v></c>`).join('')}</row>`,
  ).join('');
const questionSheet = 'xl/worksheets/sheet1.xml';
const workbook = async (fill: (rows: exceljs.Worksheet) => void): Promise<Buffer> => {
  const book = new exceljs.Workbook();
  const rows = book.addWorksheet('题目');
  rows.addRow(['题型', '题干', '选项A', '选项B', '答案', '有效期起']);
  fill(rows);
  return Buffer.from(await book.xlsx.writeBuffer());
};

describe('files that mean harm are refused, in a process of bounded memory', () => {
  it.each([
    [
      'a sheet that unfolds to 160 MiB',
      () => sheetWith(questionSheet, Buffer.concat([Buffer.from('<worksheet>'), Buffer.alloc(160 * MIB, '<row/>')])),
      'zip-bomb',
    ],
    ['shared texts that unfold to 160 MiB', () => sheetWith('xl/styles.xml', Buffer.alloc(160 * MIB, ' ')), 'zip-bomb'],
    [
      'a package whose item unfolds to 160 MiB',
      () =>
        zipOf([
          [
            'imsmanifest.xml',
            '<manifest><resources><resource type="imsqti_item_xmlv3p0" href="a.xml"/></resources></manifest>',
          ],
          ['a.xml', Buffer.alloc(160 * MIB, ' ')],
        ]),
      'zip-bomb',
    ],
    [
      'entities that multiply',
      () => sheetWith(questionSheet, `<!DOCTYPE a [<!ENTITY b "${'b'.repeat(99)}">]><worksheet>&b;</worksheet>`),
      'xml-forbidden',
    ],
    ['elements in elements', () => sheetWith(questionSheet, '<a>'.repeat(100_000)), 'xml-big'],
    ['13,000 entries', () => zipOf(Array.from({ length: 13_000 }, (_, at) => [`${at}`, ''] as const)), 'zip-entries'],
    [
      'a path out of the package',
      async () =>
        renameEntry(
          await zipOf([
            ['imsmanifest.xml', ''],
            ['aaaaaaaa.txt', ''],
          ]),
          'aaaaaaaa.txt',
          '../../../etc',
        ),
      'zip-path',
    ],
    ['a zip in a zip', async () => zipOf([['inner.zip', await zipOf([['a', 'b']])]]), 'zip-unknown'],
    [
      '30,000 rows',
      () =>
        sheetWith(
          questionSheet,
          `<worksheet><sheetData>${'<row><c t="str"><v>a</v></c></row>'.repeat(30_000)}</sheetData></worksheet>`,
        ),
      'too-many-rows',
    ],
    [
      '500,000 cells',
      () => sheetWith(questionSheet, `<worksheet><sheetData>${manyCells()}</sheetData></worksheet>`),
      'too-many-cells',
    ],
    ['a Word file', () => zipOf([['word/document.xml', '<a/>']]), 'word-file'],
    ['an old Excel file', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-excel'],
    [
      'a picture',
      () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(5_000, 7), Buffer.alloc(50)]),
      'not-text',
    ],
    ['noise', () => Buffer.from(Array.from({ length: 5_000 }, (_, at) => ((at * 7_919) % 251) + 1)), 'encoding'],
    ['nothing', () => Buffer.alloc(0), 'empty'],
  ])(
    '%s',
    async (_name, make, code) => {
      const answer = await inProcess(await make());
      expect(answer.code).toBe(code);
      expect(answer.peakMib).toBeLessThan(MOST_PROCESS_MIB);
    },
    60_000,
  );

  it('100 MB, without being read', async () => {
    const path = join(folder, 'large');
    const file = await open(path, 'w');
    const piece = Buffer.from('1、（判断题）雨天应当减速。答案：对\n'.repeat(20_000));
    for (let size = 0; size < 100_000_000; size += piece.length) await file.write(piece);
    await file.close();
    let peakMib = 0;
    const reading = await readInProcess(path, { onPeak: (peak) => (peakMib = peak) });
    expect(codeOf(reading)).toBe('too-big');
    expect(peakMib).toBeLessThan(150);
  }, 60_000);

  it('20 MiB of text, the most that is read', async () => {
    const line = '1、（判断题）雨天应当减速。答案：对\n';
    const text = Buffer.from(line.repeat(Math.floor(IMPORT_LIMITS.fileBytes / Buffer.byteLength(line))));
    const answer = await inProcess(text);
    expect(answer.code).toBe('too-many-rows');
    expect(answer.peakMib).toBeLessThan(MOST_PROCESS_MIB);
  }, 60_000);

  it('20 MiB of lines as long as they may be, full of marks', async () => {
    const marks = '（ A ）1、B．答案 ( 难度 一、【';
    const line = (index: number) =>
      `${index + 1}、（单选题）${marks.repeat(180).slice(0, 3_900)}\nA、${'甲'.repeat(300)}\nB、乙\n答案：A\n`;
    const text = Buffer.from(Array.from({ length: 2_000 }, (_, index) => line(index)).join(''));
    const answer = await inProcess(text);
    expect(answer.code).toBe('read');
    expect(answer.peakMib).toBeLessThan(MOST_PROCESS_MIB);
  }, 60_000);

  it('what takes too long or too much memory ends with the process', async () => {
    const bytes = Buffer.from(writeText(makeBank(2_000)));
    expect((await inProcess(bytes, { readMs: 30 })).code).toBe('too-slow');
    expect((await inProcess(await buffer(writeQuestions(makeBank(4_000), [])), { heapMib: 8 })).code).toBe('too-slow');
    expect((await inProcess(bytes)).code).toBe('read');
  }, 60_000);
});

describe('spreadsheets of people', () => {
  it('with merged cells are read; the rows under them are named', async () => {
    const { drafts } = await readGood(
      await workbook((rows) => {
        rows.addRow(['判断题', '甲', '', '', '对']);
        rows.addRow(['判断题', '乙', '', '', '错']);
        rows.addRow(['判断题', '丙', '', '', '错']);
        rows.mergeCells('E2:E3');
      }),
    );
    const codes = drafts.map(({ problems }) => problems.map(({ code, row, letter }) => `${row}${letter}:${code}`));
    expect(codes).toEqual([['2E:merged-cells'], ['3E:merged-cells', '3E:answer-missing'], []]);
  });

  it('with formulas give their saved results, or say that there is none', async () => {
    const { drafts } = await readGood(
      await workbook((rows) => {
        rows.addRow(['判断题', { formula: 'A1&"甲"', result: '题型甲' }, '', '', '对']);
        rows.addRow(['判断题', { formula: 'A1&"乙"' }, '', '', '错']);
        rows.addRow(['判断题', { error: '#REF!' }, '', '', '错']);
      }),
    );
    expect(drafts[0]?.question).toMatchObject({ stem: '题型甲' });
    expect(drafts.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['formula-value'],
      ['formula-without-value'],
      ['cell-error'],
    ]);
  });

  it('with days, numbers, truth values and rich text give what people see', async () => {
    const { drafts } = await readGood(
      await workbook((rows) => {
        rows.addRow([
          '判断题',
          { richText: [{ text: '雨天' }, { font: { bold: true }, text: '减速' }] },
          '',
          '',
          true,
          new Date('2026-03-01T00:00:00Z'),
        ]);
        rows.addRow(['单选题', 30, 0.1, 1e21, 'A', '2026年3月2日']);
      }),
    );
    expect(drafts.map(({ question, facts }) => [question?.stem, facts.validFrom])).toEqual([
      ['雨天减速', '2026-03-01'],
      ['30', '2026-03-02'],
    ]);
    expect(drafts[0]?.question).toMatchObject({ answer: true });
    expect(drafts[1]?.question).toMatchObject({ options: [{ text: '0.1' }, { text: '1e+21' }] });
  });

  it('with a sheet for each kind and notes above the headings', async () => {
    const book = new exceljs.Workbook();
    const rows = book.addWorksheet('多选题');
    rows.addRow(['某某公司题库']);
    rows.addRow(['序号', '试题内容', 'A', 'B', 'C', '正确答案', '备注']);
    rows.addRow([1, '可以怎样做？', '减速', '停车', '加速', 'A,B', '']);
    book.addWorksheet('封面').addRow(['二〇二六年']);
    const { drafts, notes } = await readGood(Buffer.from(await book.xlsx.writeBuffer()));
    expect(drafts.map(({ question }) => question)).toMatchObject([{ kind: 'multiple', answer: ['A', 'B'] }]);
    expect(notes.map(({ zh }) => zh)).toEqual(['不认识“备注”这一列，没有读取。']);
  });

  it('without headings are refused', async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet('a').addRow(['甲', '乙']);
    expect(codeOf(await readBytes(Buffer.from(await book.xlsx.writeBuffer())))).toBe('no-header');
  });
});

describe('texts in the encodings that people have', () => {
  const text = '1、（判断题）夜间会车，应当使用近光灯。\n答案：√\n2、下列哪项正确？\nA、甲①\nB、乙\n答案：Ｂ\n';
  const bom = (mark: readonly number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);
  const wide = Buffer.from(text, 'utf16le');
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', bom([0xef, 0xbb, 0xbf], Buffer.from(text))],
    ['GBK', encodeGbk(text)],
    ['UTF-16 LE with a mark', bom([0xff, 0xfe], wide)],
    ['UTF-16 BE with a mark', bom([0xfe, 0xff], Buffer.from(wide).swap16())],
    ['UTF-16 LE without', wide],
    ['UTF-16 BE without', Buffer.from(wide).swap16()],
    ['GBK with the ends of lines of Windows', encodeGbk(text.replaceAll('\n', '\r\n'))],
  ])('%s', async (_name, bytes) => {
    const { drafts } = await readGood(bytes);
    expect(drafts.map(({ question }) => question?.stem)).toEqual(['夜间会车，应当使用近光灯。', '下列哪项正确？']);
    expect(drafts.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('a place that cannot be read is named, the rest is read', async () => {
    const bytes = encodeGbk(`${text.repeat(20)}`);
    bytes[bytes.lastIndexOf(encodeGbk('乙'))] = 0xff;
    const { drafts } = await readGood(bytes);
    expect(drafts.flatMap(({ problems }) => problems.map(({ code }) => code))).toContain('characters-lost');
  });
});
