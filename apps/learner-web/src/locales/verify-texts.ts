import { defineTexts } from '@antu/web-kit';
import { enVerify } from './en-verify.ts';
import { zhVerify } from './zh-cn-verify.ts';

/** Texts of the public check in the language on screen. */
export const useVerifyTexts = defineTexts(zhVerify, enVerify);
