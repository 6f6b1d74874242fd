import { defineTexts } from '@antu/web-kit/composables/use-locale.ts';
import { enExam } from './en-exam.ts';
import { zhExam } from './zh-cn-exam.ts';

/** Texts of the exam pages in the language on screen. */
export const useExamTexts = defineTexts(zhExam, enExam);
