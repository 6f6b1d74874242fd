import { defineErrors } from './define-errors.ts';

/** Refusals of recognition and of the archive. */
export const recognitionErrors = defineErrors({
  'recognition.no_rules': {
    status: 404,
    zh: '本地没有这项培训的规定。',
    en: 'No rules are in force here for this purpose.',
  },
  'recognition.unmet': { status: 409, zh: '学时条件还没有满足：{summary}', en: 'Not met yet: {summaryEn}' },
  'recognition.already_claimed': {
    status: 409,
    zh: '这些学时已由{organisation}于 {day} 申领过补贴。',
    en: 'A subsidy was claimed for these hours by {organisation} on {day}.',
  },
  'recognition.claimed_meanwhile': {
    status: 409,
    zh: '这些学时刚刚被申领过补贴，请刷新后查看。',
    en: 'A subsidy has just been claimed for these hours. Reload to see by whom.',
  },
  'recognition.not_employed': {
    status: 403,
    zh: '只能为本单位在册人员申领补贴。',
    en: 'A subsidy is claimed by the present employer.',
  },
  'archive.entry_not_found': { status: 404, zh: '档案里没有这一条。', en: 'There is no such entry in the archive.' },
});
