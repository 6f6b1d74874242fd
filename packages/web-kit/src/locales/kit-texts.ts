import { defineTexts } from '../composables/use-locale.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** Texts of the shared components. */
export const useKitTexts = defineTexts(zhCn, en);
