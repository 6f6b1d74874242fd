import type { QuestionKind, SimpleKind } from '../question.ts';
import { toHalfWidth } from './clean-text.ts';

export const kindNames = {
  judgement: '判断题',
  single: '单选题',
  multiple: '多选题',
  fill: '填空题',
  case: '案例题',
} as const satisfies Record<QuestionKind, string>;
/** How the questions of a case are marked. */
export const PART_PREFIX = '小题-';

export const partName = (kind: SimpleKind): string => `${PART_PREFIX}${kindNames[kind]}`;

/** Longer words first: 不定项选择 would be 选择 otherwise. */
const words: readonly (readonly [RegExp, QuestionKind | 'choice'])[] = [
  [/判断|是非|对错|正误/, 'judgement'],
  [/多项|多选|不定项|任选/, 'multiple'],
  [/单项|单选/, 'single'],
  [/填空|填充/, 'fill'],
  [/案例|材料分析|综合题|情景题/, 'case'],
  [/选择/, 'choice'],
];
const english: Readonly<Record<string, QuestionKind>> = {
  judgement: 'judgement',
  'true/false': 'judgement',
  single: 'single',
  multiple: 'multiple',
  fill: 'fill',
  case: 'case',
};

/** Kinds that nobody can mark automatically. */
const essays = /简答|问答|论述|计算|名词解释|作文|操作题|实操/;
export const isEssayKind = (text: string): boolean => essays.test(text);

/** The kind that words name; `choice`: single or multiple, as the answer tells. */
export function readKindWords(text: string): QuestionKind | 'choice' | null {
  return english[text.trim().toLowerCase()] ?? words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** The kind of a row; `said`: its words without the mark of a question of a case. */
export function readRowKind(text: string): { said: string; kind: QuestionKind | 'choice' | null; isPart: boolean } {
  const plain = toHalfWidth(text).trim();
  const said = plain.replace(/^(?:(?:案例)?小题|└)\s*-?\s*/, '');
  return { said, kind: readKindWords(said), isPart: said !== plain };
}
