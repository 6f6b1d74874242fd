import { defineErrors } from './define-errors.ts';

/** Refusals of credentials. */
export const credentialErrors = defineErrors({
  'credentials.not_in_force': {
    status: 409,
    zh: '这张证件目前不是有效状态，不能下载电子凭证。',
    en: 'The document is not in force, so there is no credential of it.',
  },
});
