import { parsePlainDate } from '../../people/plain-date.ts';
import { type Difficulty, optionKeys, type OptionKey } from '../question.ts';
import { toHalfWidth } from './clean-text.ts';

const right = new Set(['对', '√', '✓', '✔', '正确', '是', 't', 'true', 'y', 'yes', '1', '∨', '对的', '正确的']);
const wrong = new Set([
  '错',
  '×',
  '✗',
  '✘',
  '✕',
  '错误',
  '否',
  'f',
  'false',
  'n',
  'no',
  '0',
  'x',
  '╳',
  '不对',
  '不正确',
  '错误的',
]);

/** True, false, or null where the words are neither. */
export function readJudgement(text: string): boolean | null {
  const plain = bare(text).toLowerCase();
  if (right.has(plain)) return true;
  if (wrong.has(plain)) return false;
  return null;
}

/** Without spaces, and without brackets or a full stop around. */
const bare = (text: string): string =>
  toHalfWidth(text)
    .replaceAll(/\s+/g, '')
    .replace(/^[([【{]+/, '')
    .replace(/[)\]】}.。;；,，]+$/, '');

/** Keys of options in order, each once; null where the text is anything else. */
export function readKeys(text: string): readonly OptionKey[] | null {
  const plain = bare(text)
    .replaceAll(/[、,，;；./|和]/g, '')
    .toUpperCase();
  if (!/^[A-H]+$/.test(plain)) return null;
  return optionKeys.filter((key) => plain.includes(key));
}

const difficultyWords: Readonly<Record<string, Difficulty>> = {
  '1': 1,
  '2': 2,
  '3': 3,
  易: 1,
  中: 2,
  难: 3,
  简单: 1,
  容易: 1,
  较易: 1,
  低: 1,
  一般: 2,
  中等: 2,
  适中: 2,
  普通: 2,
  困难: 3,
  较难: 3,
  高: 3,
  easy: 1,
  medium: 2,
  hard: 3,
};
export const difficultyNames: Readonly<Record<Difficulty, string>> = { 1: '易', 2: '中', 3: '难' };

/** The difficulty that words name, or null. */
export const readDifficulty = (text: string): Difficulty | null =>
  difficultyWords[
    bare(text)
      .toLowerCase()
      .replace(/(?<=.)[度题]$/, '')
  ] ?? null;

/** A day as people write it (2026-1-5, 2026/01/05, 2026.1.5, 2026年1月5日, 20260105) as YYYY-MM-DD, or null. */
export function readDay(text: string): string | null {
  const plain = toHalfWidth(text).trim();
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/.exec(
      plain,
    ) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (!parts) return null;
  const [, year = '', month = '', day = ''] = parts;
  return parsePlainDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ?? null;
}
