import { defineTexts } from '../../composables/use-locale.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** Texts of exam statistics: a catalogue of its own, so that others do not load it. */
export const useStatisticsTexts = defineTexts(zhCn, en);
