import { toHalfWidth } from './clean-text.ts';
import type { ImportColumn } from './draft-row.ts';

/** A line of a text; `half` is the same in half-width signs, place by place, by which its marks are found. */
export interface TextLine {
  /** From 1. */
  readonly row: number;
  readonly text: string;
  readonly half: string;
}

export const textLine = (text: string, row: number): TextLine => {
  const trimmed = text.trim();
  return { row, text: trimmed, half: toHalfWidth(trimmed) };
};

const kindWord =
  '(?:判断|是非|对错|单项选择|单选|多项选择|多选|不定项选择|不定项|选择|填空|案例分析|案例|材料分析|综合|简答|问答|论述|计算|名词解释)(?:题)?';
const numeral = '[一二三四五六七八九十]{1,3}';
const sections = [
  new RegExp(`^(?:第?${numeral}(?:部分|大题)?|[IVX]{1,4})\\s*[、.:)\\s]\\s*(.{0,12}?${kindWord}.*)$`),
  new RegExp(`^[(\\[【]\\s*${numeral}\\s*[)\\]】]\\s*(.{0,12}?${kindWord}.*)$`),
  new RegExp(`^[\\[【]?\\s*(${kindWord})\\s*[\\]】]?\\s*:?\\s*(?:[(\\[【].*[)\\]】])?$`),
];
const SECTION_CHARS = 120;

/** The words of a heading such as `一、单项选择题（每题 2 分）`, or null. */
export function readSection({ half }: TextLine): string | null {
  if (half.length > SECTION_CHARS) return null;
  for (const pattern of sections) {
    const words = pattern.exec(half)?.[1];
    if (words !== undefined) return words;
  }
  return null;
}

/** A number at the beginning of a line. */
export interface NumberMark {
  readonly number: number;
  /** Where what follows it begins. */
  readonly end: number;
  /** `1.5`: may be a number of the text as well. */
  readonly isDoubtful: boolean;
}

export function readNumber({ half }: TextLine): NumberMark | null {
  const found =
    /^(?:第\s*)?(\d{1,4})\s*题?\s*([、.:)\]】]|(?=[(【[]\s*[\u4e00-\u9fff]))\s*/.exec(half) ??
    /^[[【]\s*(\d{1,4})\s*[\]】]()\s*/.exec(half) ??
    /^(\d{1,4})()\s{2,}/.exec(half) ??
    /^第\s*(\d{1,4})\s*题()\s*/.exec(half);
  if (!found) return null;
  const end = found[0].length;
  const isDoubtful = (found[2] === '.' || found[2] === ':') && /\d/.test(half[end] ?? '') && !/\s$/.test(found[0]);
  return { number: Number(found[1]), end, isDoubtful };
}

const circled = '①②③④⑤⑥⑦⑧⑨⑩';
/** `（1）` or `①`: a question of a case. */
export function readBracketNumber({ half }: TextLine): NumberMark | null {
  const found = /^(?:\(\s*(\d{1,2})\s*\)|([①-⑩]))\s*[、.:]?\s*/.exec(half);
  if (!found) return null;
  const number = found[1] ? Number(found[1]) : circled.indexOf(found[2] ?? '') + 1;
  return { number, end: found[0].length, isDoubtful: false };
}

/** `案例一：` or `【案例2】`: the stem of a case whose questions are numbered. Gives where the text begins. */
export function readCaseTitle({ half }: TextLine): number | null {
  const found =
    /^[[【(]?\s*(?:案例|材料|情景)(?:分析)?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s*(?:[\]】)]\s*|[、.:]\s*|$)/.exec(
      half,
    );
  return found ? found[0].length : null;
}

const fieldNames: readonly (readonly [ImportColumn, string])[] = [
  ['explanation', '答案解析|试题解析|题目解析|解析|答案说明'],
  ['answer', '正确答案|参考答案|标准答案|试题答案|答案|正确选项'],
  ['difficulty', '难易程度|难易度|难度系数|难度'],
  ['topic', '知识点|考点|主题|所属章节|章节'],
  ['clause', '法规依据|法律依据|依据|出处'],
  ['posts', '适用岗位|岗位|工种'],
  ['validFrom', '有效期起|生效日期'],
  ['validUntil', '有效期止|失效日期'],
  ['group', '互斥组'],
];
const allNames = fieldNames.map(([, names]) => names).join('|');
const columnOf = new Map(
  fieldNames.flatMap(([column, names]) => names.split('|').map((name) => [name, column] as const)),
);
/** In brackets anywhere; followed by a colon at the beginning, or anywhere if it is the answer or its explanation. */
const labels = new RegExp(
  `[\\[【(]\\s*(${allNames})\\s*[\\]】)]\\s*:?\\s*|(?<![\\u4e00-\\u9fff])(${allNames})\\s*:\\s*|(?<=[。;.,)\\]】?!])(正确答案|参考答案|标准答案|答案解析|答案|解析)\\s*:\\s*`,
  'g',
);
const answerAlone = /^答\s*:\s*/;

/** A line taken apart at its labels: what stands before the first, and the value of each. */
export interface LabelledLine {
  readonly before: string;
  readonly fields: readonly (readonly [ImportColumn, string])[];
}

export function cutLabels({ text, half }: Pick<TextLine, 'text' | 'half'>): LabelledLine {
  const short = answerAlone.exec(half);
  if (short) return { before: '', fields: [['answer', text.slice(short[0].length).trim()]] };
  const found = [...half.matchAll(labels)];
  const fields = found.map((match, index): readonly [ImportColumn, string] => {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    const value = text.slice(match.index + match[0].length, found[index + 1]?.index ?? text.length).trim();
    return [columnOf.get(name) ?? 'explanation', value];
  });
  return { before: text.slice(0, found[0]?.index ?? text.length).trim(), fields };
}
