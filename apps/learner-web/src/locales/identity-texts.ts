import { defineTexts } from '@antu/web-kit';
import { enIdentity } from './en-identity.ts';
import { zhIdentity } from './zh-cn-identity.ts';

/** Texts of identity checks in the language on screen; only pages that need them load them. */
export const useIdentityTexts = defineTexts(zhIdentity, enIdentity);
