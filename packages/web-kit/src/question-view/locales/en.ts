import type { SameTexts } from '../../composables/use-locale.ts';
import type { zhCn } from './zh-cn.ts';

/** Texts of questions as they are shown, English. */
export const en: SameTexts<typeof zhCn> = {
  kind: { judgement: 'True or false', single: 'One answer', multiple: 'Several', fill: 'Fill in', case: 'Case' },
  answer: 'Right: {answer}',
  true: 'True',
  false: 'False',
  blank: 'Blank {n}',
  part: 'Question {n}',
  right: 'Right answer',
};
