import { defineErrors } from './define-errors.ts';

/** Refusals of pages about study: records, assignments, exports, the live page. */
export const learningViewsErrors = defineErrors({
  'learning.course_not_owed': {
    status: 404,
    zh: '这门课程没有安排给您。',
    en: 'This course is not assigned to you.',
  },
  'learning.course_not_published': {
    status: 409,
    zh: '这门课程没有已发布的版本，不能分配。',
    en: 'This course has no published version, so it cannot be assigned.',
  },
  'learning.people_not_on_roster': {
    status: 422,
    zh: '有 {count} 人不在本单位名册中，没有分配任何人。',
    en: '{count} of these people are not on the roster. Nobody was assigned.',
  },
  'learning.due_day_past': {
    status: 422,
    zh: '截止日期不能早于今天。',
    en: 'The due day cannot lie before today.',
  },
  'learning.period_invalid': {
    status: 422,
    zh: '起止日期不正确：开始不能晚于结束，最长 {maxDays} 天。',
    en: 'The period is not valid: it must not end before it begins, nor be longer than {maxDays} days.',
  },
  'learning.too_many_to_sort_by_name': {
    status: 422,
    zh: '人数超过 {most}，请先选择单位或区县，再按姓名排序。',
    en: 'More than {most} people: choose an organisation or county before sorting by name.',
  },
  'learning.bad_cursor': {
    status: 400,
    zh: '翻页位置无效，请重新查询。',
    en: 'The page position is not valid. Search again.',
  },
  'learning.export_not_found': { status: 404, zh: '没有找到这次导出。', en: 'This export was not found.' },
  'learning.export_not_ready': { status: 409, zh: '导出还没有完成。', en: 'The export is not finished yet.' },
  'learning.export_expired': {
    status: 410,
    zh: '导出文件已过期并删除，请重新导出。',
    en: 'The file has expired and was deleted. Export it again.',
  },
});
