import { defineErrors } from './define-errors.ts';

/** Refusals of issued documents. */
export const documentErrors = defineErrors({
  'documents.not_found': { status: 404, zh: '没有这份证件。', en: 'There is no such document.' },
  'documents.may_not_follow': {
    status: 409,
    zh: '这份证件的状态已经改变，不能再这样处理。请刷新后再看。',
    en: 'The state of this document has changed and this can no longer be done. Reload to see it.',
  },
});
