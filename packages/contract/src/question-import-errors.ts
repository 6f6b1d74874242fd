import { defineErrors } from './define-errors.ts';

/** Refusals of imports and exports of questions. */
export const questionImportErrors = defineErrors({
  'imports.not_found': { status: 404, zh: '没有找到这次导入。', en: 'Import not found.' },
  'imports.empty': { status: 400, zh: '没有收到文件内容。', en: 'No file content arrived.' },
  'imports.too_big': {
    status: 413,
    zh: '文件超过 {most} MiB，请分成几个文件。',
    en: 'The file has more than {most} MiB. Split it.',
  },
  'imports.too_many_open': {
    status: 409,
    zh: '这个题库有 {most} 个导入还没有处理，请先导入或放弃它们。',
    en: 'This bank has {most} imports that nobody decided on. Import or drop them first.',
  },
  'imports.wrong_state': {
    status: 409,
    zh: '这次导入已经处理过了，请刷新后查看。',
    en: 'This import was dealt with already. Reload and look again.',
  },
  'imports.count_changed': {
    status: 409,
    zh: '现在可以导入 {found} 道题，与您看到的不同，请重新核对。',
    en: '{found} questions can be imported now, other than you saw. Look again.',
  },
  'imports.nothing_good': { status: 422, zh: '没有可以导入的题目。', en: 'There is no question to import.' },
  'imports.in_use': {
    status: 409,
    zh: '有 {count} 道题已送审、修改或审定，不能撤销整次导入。',
    en: '{count} of its questions were changed, sent to review or approved, so the import cannot be undone.',
  },
  'imports.row_not_found': { status: 404, zh: '没有找到这一行。', en: 'Row not found.' },
  'imports.not_mendable': {
    status: 409,
    zh: '这道题带有图片，请在文件里改好后重新上传。',
    en: 'This question has pictures. Mend it in the file and upload that again.',
  },
  'imports.picture_broken': {
    status: 422,
    zh: '压缩包里的图片“{found}”打不开，没有导入任何题目。',
    en: 'The picture “{found}” of the package cannot be opened; nothing was imported.',
  },
  'imports.source_gone': {
    status: 410,
    zh: '文件已过保留期，请重新上传。',
    en: 'The file is no longer kept. Upload it again.',
  },
  'imports.export_too_big': {
    status: 422,
    zh: '一次最多导出 {most} 道题，请加筛选条件。',
    en: 'At most {most} questions can be exported at once. Narrow the list.',
  },
});
