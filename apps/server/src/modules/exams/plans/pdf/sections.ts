import {
  partsOf,
  type Question,
  type QuestionKind,
  rightAsShown,
  type SimpleAnswer,
  type SimpleQuestion,
} from '@antu/domain';
import type { LoadedItem } from '../sample-paper.ts';

/** What is printed of a paper. */
export interface PrintedPaper {
  readonly titleZh: string;
  readonly organisationName: string;
  readonly ruleNameZh: string;
  readonly minutes: number;
  readonly totalPoints: number;
  readonly passPoints: number;
  /** Names this very paper on all that is printed of it. */
  readonly code: string;
  readonly items: readonly LoadedItem[];
  /** JPEG pictures of the questions by the id of their file. */
  readonly pictures: ReadonlyMap<string, Buffer>;
}

export interface NumberedItem {
  readonly number: number;
  readonly item: LoadedItem;
}
/** Questions of a kind that stand together. */
export interface Section {
  readonly kind: QuestionKind;
  readonly heading: string;
  readonly items: readonly NumberedItem[];
  /** Questions are worth different points, which then stand beside each. */
  readonly isMixed: boolean;
}

const KIND_NAMES: Readonly<Record<QuestionKind, { name: string; how: string }>> = {
  judgement: { name: '判断题', how: '正确的选“对”，错误的选“错”' },
  single: { name: '单项选择题', how: '每题只有一个正确选项' },
  multiple: { name: '多项选择题', how: '每题有两个或两个以上正确选项' },
  fill: { name: '填空题', how: '在横线上填写' },
  case: { name: '案例题', how: '阅读材料后回答各小题' },
};
const NUMERALS = ['一', '二', '三', '四', '五'];

/** Sections of a paper, numbered through. */
export function sectionsOf(items: readonly LoadedItem[]): Section[] {
  const numbered = items.map((item, at) => ({ number: at + 1, item }));
  return [...Map.groupBy(numbered, ({ item }) => item.question.kind)].map(([kind, own], at) => {
    const worths = new Set(own.map(({ item }) => item.centipoints));
    const total = own.reduce((sum, { item }) => sum + item.centipoints, 0) / 100;
    const each = worths.size === 1 ? `，每题 ${(own[0]?.item.centipoints ?? 0) / 100} 分` : '';
    const { name, how } = KIND_NAMES[kind];
    return {
      kind,
      heading: `${NUMERALS[at] ?? ''}、${name}（共 ${own.length} 题${each}，共 ${total} 分。${how}）`,
      items: own,
      isMixed: worths.size > 1,
    };
  });
}

/** A question, or a part of a case, with the name it has on paper (`31` or `31(2)`) and what is right as shown. */
export interface AnswerPlace {
  readonly label: string;
  readonly part: SimpleQuestion;
  readonly optionCount: number;
  readonly right: SimpleAnswer;
}

export function answerPlacesOf({ number, item }: NumberedItem): AnswerPlace[] {
  const { question, optionOrders } = item;
  const right = rightAsShown(question, optionOrders);
  return partsOf(question).map((part, at) => ({
    label: question.kind === 'case' ? `${number}(${at + 1})` : `${number}`,
    part,
    optionCount: 'options' in part ? part.options.length : 0,
    right: (question.kind === 'case' ? (right as readonly SimpleAnswer[])[at] : (right as SimpleAnswer)) ?? null,
  }));
}

/** Ids of the pictures that a question shows. */
export function pictureIdsOf(question: Question): string[] {
  const stems = question.kind === 'case' ? [question, ...question.parts] : [question];
  return stems.flatMap((stem) =>
    [...stem.files, ...('options' in stem ? stem.options.flatMap(({ file }) => file ?? []) : [])].flatMap(
      ({ fileId, kind }) => (kind === 'picture' ? [fileId] : []),
    ),
  );
}
