import * as common from './zh/common.ts';
import * as exams from './zh/exams.ts';
import * as licences from './zh/licences.ts';
import * as live from './zh/live.ts';
import * as oversight from './zh/oversight.ts';
import * as people from './zh/people.ts';
import * as proof from './zh/proof.ts';
import * as questions from './zh/questions.ts';
import * as reviews from './zh/reviews.ts';

/** Texts of this app, Chinese. */
export const zhCn = {
  ...common,
  ...live,
  ...people,
  ...proof,
  ...oversight,
  ...reviews,
  ...exams,
  ...licences,
  ...questions,
} as const;
