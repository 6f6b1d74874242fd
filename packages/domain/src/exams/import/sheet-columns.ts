import { optionKeys } from '../question.ts';
import { toHalfWidth } from './clean-text.ts';
import type { ImportColumn } from './draft-row.ts';

/** Headings of the template, in its order. */
export const columnNames: Readonly<Record<ImportColumn, string>> = {
  kind: '题型',
  stem: '题干',
  files: '图片',
  A: '选项A',
  B: '选项B',
  C: '选项C',
  D: '选项D',
  E: '选项E',
  F: '选项F',
  G: '选项G',
  H: '选项H',
  answer: '答案',
  explanation: '解析',
  topic: '主题',
  difficulty: '难度',
  posts: '岗位',
  clause: '依据',
  validFrom: '有效期起',
  validUntil: '有效期止',
  group: '互斥组',
};

/** Heading of the reasons in a sheet of rows that were given back; such a sheet is read as any other. */
export const REASONS_HEADING = '需要改的地方';
/** Columns that say nothing about the question. */
export const isIdleHeading = (text: string): boolean =>
  text.trim() === REASONS_HEADING || /^(序号|编号|题号|#|no\.?|id)$/i.test(text.trim());

/** What people write instead. */
const synonyms: Readonly<Record<string, ImportColumn>> = {
  类型: 'kind',
  试题类型: 'kind',
  题目类型: 'kind',
  试题题型: 'kind',
  题目: 'stem',
  试题: 'stem',
  试题内容: 'stem',
  题目内容: 'stem',
  试题题干: 'stem',
  题干内容: 'stem',
  问题: 'stem',
  内容: 'stem',
  图片视频: 'files',
  附件: 'files',
  正确答案: 'answer',
  标准答案: 'answer',
  参考答案: 'answer',
  试题答案: 'answer',
  答案解析: 'explanation',
  试题解析: 'explanation',
  题目解析: 'explanation',
  解释: 'explanation',
  说明: 'explanation',
  知识点: 'topic',
  考点: 'topic',
  章节: 'topic',
  所属章节: 'topic',
  难易度: 'difficulty',
  难易程度: 'difficulty',
  难度等级: 'difficulty',
  试题难度: 'difficulty',
  适用岗位: 'posts',
  工种: 'posts',
  法规依据: 'clause',
  出处: 'clause',
  来源: 'clause',
  条款: 'clause',
  法规条款: 'clause',
  生效日期: 'validFrom',
  有效期始: 'validFrom',
  失效日期: 'validUntil',
  有效期至: 'validUntil',
  互斥: 'group',
  kind: 'kind',
  question: 'stem',
  answer: 'answer',
};

const byName = new Map<string, ImportColumn>([
  ...Object.entries(synonyms),
  ...Object.entries(columnNames).map(([column, name]) => [name.toLowerCase(), column as ImportColumn] as const),
  ...optionKeys.flatMap((key) =>
    [`${key}`, `${key}选项`, `答案${key}`, `选项${key}`, `选项${optionKeys.indexOf(key) + 1}`].map(
      (name) => [name.toLowerCase(), key] as const,
    ),
  ),
]);

/** The column of a heading, or null. Notes in brackets and marks of what must be filled in do not count. */
export function readHeading(text: string): ImportColumn | null {
  const plain = toHalfWidth(text)
    .replaceAll(/\(.*?\)|【.*?】/g, '')
    .replaceAll(/[\s*:：]/g, '')
    .toLowerCase();
  return byName.get(plain) ?? null;
}

/** Letter of a column counted from 0: A … Z, AA …. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}
