import { defineTexts } from '@antu/web-kit';
import { enLicence } from './en-licence.ts';
import { zhLicence } from './zh-cn-licence.ts';

/** Texts of qualification licences in the language on screen. */
export const useLicenceTexts = defineTexts(zhLicence, enLicence);
