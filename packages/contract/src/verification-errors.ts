import { defineErrors } from './define-errors.ts';

/** Refusals of the public check. */
export const verificationErrors = defineErrors({
  'verification.not_found': {
    status: 404,
    zh: '没有这个编码的证件。',
    en: 'No document has this code.',
  },
  'verification.too_many_unknown': {
    status: 429,
    zh: '连续查了太多不存在的编码，请一分钟后再试。',
    en: 'Too many codes that do not exist. Try again in a minute.',
  },
  'verification.too_many_names': {
    status: 429,
    zh: '这张证件的姓名核对次数过多，请十分钟后再试。',
    en: 'The name on this document was compared too often. Try again in ten minutes.',
  },
});
