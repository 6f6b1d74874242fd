import { defineTexts } from '@antu/web-kit';
import { enQuestion } from './en-question.ts';
import { zhQuestion } from './zh-cn-question.ts';

/** Texts around a question, in quizzes, practice and exams. */
export const useQuestionTexts = defineTexts(zhQuestion, enQuestion);
