import { defineTexts } from '@antu/web-kit';
import { enQuiz } from './en-quiz.ts';
import { zhQuiz } from './zh-cn-quiz.ts';

/** Texts of lesson quizzes in the language on screen. */
export const useQuizTexts = defineTexts(zhQuiz, enQuiz);
