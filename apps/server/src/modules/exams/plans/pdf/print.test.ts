import { constants, inflateSync } from 'node:zlib';
import { movableOptionCounts, optionKeys, type Question } from '@antu/domain';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerPlacesOf, type PrintedPaper, sectionsOf } from './sections.ts';
import { writeKey } from './write-key.ts';
import { writePaper } from './write-paper.ts';
import { writeSheet } from './write-sheet.ts';

const option = (at: number, text: string) => ({ key: optionKeys[at] ?? 'A', text, file: null });
const picture = { fileId: 'p', kind: 'picture' as const, alt: '警告标志' };
const judgement: Question = { kind: 'judgement', stem: '雨天应当减速。', files: [picture], answer: true };
const single: Question = {
  kind: 'single',
  stem: '会车时用什么灯？',
  files: [],
  options: [option(0, '远光灯'), option(1, '近光灯'), option(2, '雾灯')],
  answer: 'B',
};
const fill: Question = {
  kind: 'fill',
  stem: '标志放在____米以外的____。',
  files: [],
  accepted: [['150', '一百五十'], ['来车方向']],
};
const inCase: Question = {
  kind: 'case',
  stem: '货车在高速公路爆胎。',
  files: [],
  parts: [{ ...judgement, files: [], answer: false }, single],
};

const itemOf = (question: Question, at: number): PrintedPaper['items'][number] => ({
  questionId: `q${at}`,
  versionId: `v${at}`,
  centipoints: 150,
  // The second option first.
  optionOrders: movableOptionCounts(question).map((count) => (count === 3 ? (['B', 'A', 'C'] as const) : [])),
  question,
  facts: {
    scheme: 'road-transport',
    topicId: 't',
    posts: [],
    difficulty: 1,
    clause: '第四十八条',
    explanation: '',
    validFrom: '2024-01-01',
    validUntil: null,
    exclusionGroup: null,
  },
});
const paperOf = (questions: readonly Question[]): PrintedPaper => ({
  titleZh: '安全考核 甲卷',
  organisationName: '岭学',
  ruleNameZh: '安全考核',
  minutes: 90,
  totalPoints: 100,
  passPoints: 80,
  code: 'k7',
  items: questions.map(itemOf),
  pictures: new Map(),
});
const every = paperOf([judgement, single, fill, inCase]);

/** Characters whose glyphs are in the file, out of its tables from glyphs to text. */
function charactersOf(pdf: Buffer): string {
  const raw = pdf.toString('latin1');
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    try {
      // A last byte that looks like the end of a line is taken for one above.
      const options = { finishFlush: constants.Z_SYNC_FLUSH };
      return inflateSync(Buffer.from(body, 'latin1'), options).toString('latin1');
    } catch {
      return '';
    }
  });
  const codes = streams
    .filter((text) => text.includes('beginbfrange'))
    .flatMap((text) => text.match(/<[0-9a-f]{4}>/g) ?? []);
  return codes.map((code) => String.fromCodePoint(Number.parseInt(code.slice(1, 5), 16))).join('');
}
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

describe('what is printed of a paper', () => {
  let jpeg: Buffer;
  beforeAll(async () => {
    jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#d33' } })
      .jpeg()
      .toBuffer();
  });

  it('stands in sections by kind, numbered through, with points', () => {
    expect(sectionsOf(every.items).map(({ heading, items }) => [heading.split('。')[0], items[0]?.number])).toEqual([
      ['一、判断题（共 1 题，每题 1.5 分，共 1.5 分', 1],
      ['二、单项选择题（共 1 题，每题 1.5 分，共 1.5 分', 2],
      ['三、填空题（共 1 题，每题 1.5 分，共 1.5 分', 3],
      ['四、案例题（共 1 题，每题 1.5 分，共 1.5 分', 4],
    ]);
  });

  it('gives every part of a case a place, and what is right as it is shown', () => {
    const places = sectionsOf(every.items).flatMap(({ items }) => items.flatMap(answerPlacesOf));
    expect(places.map(({ label, right }) => [label, right])).toEqual([
      ['1', true],
      ['2', 'A'],
      ['3', ['150', '来车方向']],
      ['4(1)', false],
      ['4(2)', 'A'],
    ]);
  });

  it.each([
    ['the paper', writePaper, '雨天应当减速会车远光近货爆胎标志米以外岭学答题卡'],
    ['the sheet', writeSheet, '答题卡姓名准考证号对错铅笔缺考判断'],
    ['the key', writeKey, '参考答案一百五十来车方向第四八条对错保密'],
  ])('holds the glyphs of its words, and only them: %s', async (_name, write, words) => {
    const pdf = await write(every);
    const characters = new Set(charactersOf(pdf));
    expect([...words].filter((one) => !characters.has(one))).toEqual([]);
    // The whole font has 10 MB.
    expect(pdf.length).toBeLessThan(150_000);
    expect(pagesOf(pdf)).toBe(1);
  });

  it('shows pictures, and their words where the picture is gone', async () => {
    const withPicture = await writePaper({ ...every, pictures: new Map([['p', jpeg]]) });
    expect(withPicture.toString('latin1')).toContain('/DCTDecode');
    expect(charactersOf(withPicture)).not.toContain('警');
    expect(charactersOf(await writePaper(every))).toContain('警');
  });

  it('goes on over pages', async () => {
    const long = paperOf(Array.from({ length: 120 }, () => single));
    expect(pagesOf(await writePaper(long))).toBeGreaterThan(3);
    expect(pagesOf(await writeSheet(long))).toBeGreaterThan(1);
  });
});
