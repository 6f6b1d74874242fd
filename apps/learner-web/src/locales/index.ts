import { defineTexts } from '@antu/web-kit';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** Texts of this app in the language on screen. */
export const useTexts = defineTexts(zhCn, en);
