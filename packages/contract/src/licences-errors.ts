import { defineErrors } from './define-errors.ts';

/** Refusals of qualification licences. */
export const licenceErrors = defineErrors({
  'licences.not_found': { status: 404, zh: '没有找到这本从业资格证。', en: 'Licence not found.' },
  'licences.request_not_found': { status: 404, zh: '没有找到这件申请。', en: 'Request not found.' },
  'licences.request_unmet': { status: 409, zh: '不能办理：{summary}', en: 'This cannot be done: {summaryEn}' },
  'licences.request_decided': { status: 409, zh: '这件申请已经办结。', en: 'This request has been decided.' },
  'licences.own_request': {
    status: 403,
    zh: '这件申请是您提交的，请由另一位工作人员办理。',
    en: 'You made this request: somebody else has to decide.',
  },
  'licences.no_authority': {
    status: 403,
    zh: '只有县、市级主管部门的工作人员可以办理。',
    en: 'Only officers of a county or city authority may do this.',
  },
  'licences.no_rules': {
    status: 422,
    zh: '这个类别在本地还没有发证规定。',
    en: 'No rules are in force here for this category.',
  },
  'licences.open_request_exists': {
    status: 409,
    zh: '这个类别已有一件申请在办，办结后再申请。',
    en: 'A request for this category is open.',
  },
  'licences.has_licence': {
    status: 409,
    zh: '这个类别已有从业资格证。',
    en: 'There is a licence of this category already.',
  },
  'licences.bad_file': {
    status: 422,
    zh: '文件读不出来：{why}',
    en: 'The file cannot be read: {whyEn}',
  },
  'licences.bad_cursor': {
    status: 400,
    zh: '翻页位置无效，请重新查询。',
    en: 'The page position is not valid. Search again.',
  },
  'licences.not_shown': {
    status: 409,
    zh: '证件目前不是有效状态，不能亮证。',
    en: 'The licence is not in force and cannot be shown.',
  },
});
