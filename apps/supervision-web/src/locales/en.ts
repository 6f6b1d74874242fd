import type { SameTexts } from '@antu/web-kit';
import * as common from './en/common.ts';
import * as exams from './en/exams.ts';
import * as licences from './en/licences.ts';
import * as live from './en/live.ts';
import * as oversight from './en/oversight.ts';
import * as people from './en/people.ts';
import * as proof from './en/proof.ts';
import * as questions from './en/questions.ts';
import * as reviews from './en/reviews.ts';
import type { zhCn } from './zh-cn.ts';

/** Texts of this app, English. */
export const en: SameTexts<typeof zhCn> = {
  ...common,
  ...live,
  ...people,
  ...proof,
  ...oversight,
  ...reviews,
  ...exams,
  ...licences,
  ...questions,
};
