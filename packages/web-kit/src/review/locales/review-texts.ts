import { defineTexts } from '../../composables/use-locale.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** Texts of the review desk: a catalogue of its own, so that learners do not load it. */
export const useReviewTexts = defineTexts(zhCn, en);
