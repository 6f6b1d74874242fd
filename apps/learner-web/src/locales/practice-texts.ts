import { defineTexts } from '@antu/web-kit';
import { enPractice } from './en-practice.ts';
import { zhPractice } from './zh-cn-practice.ts';

/** Texts of practice in the language on screen. */
export const usePracticeTexts = defineTexts(zhPractice, enPractice);
