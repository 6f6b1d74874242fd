import { defineTexts } from '../../composables/use-locale.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** Texts of questions as they are shown: a catalogue of its own, so that others do not load it. */
export const useQuestionTexts = defineTexts(zhCn, en);
