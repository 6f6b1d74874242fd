import { defineErrors } from './define-errors.ts';

/** Refusals of the question bank. */
export const questionBankErrors = defineErrors({
  'questions.bank_not_found': { status: 404, zh: '没有找到这个题库。', en: 'Question bank not found.' },
  'questions.not_found': { status: 404, zh: '没有找到这道题。', en: 'Question not found.' },
  'questions.bank_title_taken': {
    status: 409,
    zh: '本单位已有同名题库。',
    en: 'Your organisation has a bank of this name already.',
  },
  'questions.not_valid': { status: 422, zh: '题目不能保存：{summary}', en: 'This cannot be saved: {summaryEn}' },
  'questions.not_ready': { status: 422, zh: '还不能送审：{summary}', en: 'Not ready for review: {summaryEn}' },
  'questions.topic_foreign': {
    status: 422,
    zh: '所选知识点不属于本题库的培训类别。',
    en: 'The topic is not of the training that this bank is for.',
  },
  'questions.file_foreign': {
    status: 422,
    zh: '没有找到所附的图片或视频，请重新上传。',
    en: 'A picture or video is not there. Upload it again.',
  },
  'questions.not_editable': {
    status: 409,
    zh: '这个版本已送审或已审定，不能直接修改。',
    en: 'This version was sent to review or approved and cannot be changed.',
  },
  'questions.changed_meanwhile': {
    status: 409,
    zh: '别人刚刚修改过这道题，请刷新后再操作。',
    en: 'Somebody changed this question meanwhile. Reload and look again.',
  },
  'questions.action_not_possible': {
    status: 409,
    zh: '有 {count} 道题目前的状态不允许此操作，请刷新后查看。',
    en: '{count} questions are not in a state for this. Reload and look again.',
  },
  'questions.retired': {
    status: 409,
    zh: '这道题已停用，不能再修改。',
    en: 'This question is out of use and cannot be changed.',
  },
  'questions.own_work': {
    status: 403,
    zh: '不能审核自己编写或修改过的题目。',
    en: 'Nobody reviews a question they wrote in.',
  },
  'questions.comment_missing': { status: 422, zh: '退回时请写明原因。', en: 'Say why the question is refused.' },
  'questions.count_changed': {
    status: 409,
    zh: '符合条件的题目现在有 {found} 道，与您看到的不同，请重新查看后再停用。',
    en: 'There are {found} such questions now, other than you saw. Look again before you retire them.',
  },
  'questions.file_not_found': { status: 404, zh: '没有找到这个图片或视频。', en: 'Picture or video not found.' },
  'questions.file_unknown': {
    status: 415,
    zh: '只能上传图片（JPEG、PNG、WebP、GIF）或短视频（MP4、WebM）。',
    en: 'Upload a picture (JPEG, PNG, WebP, GIF) or a short video (MP4, WebM).',
  },
  'questions.file_broken': {
    status: 422,
    zh: '图片已损坏或尺寸过大，无法打开。',
    en: 'The picture is damaged or too large to be opened.',
  },
  'questions.file_too_big': {
    status: 413,
    zh: '文件过大：图片最大 {pictureMib} MiB，视频最大 {videoMib} MiB。',
    en: 'The file is too large: at most {pictureMib} MiB for a picture, {videoMib} MiB for a video.',
  },
  'questions.file_empty': { status: 400, zh: '没有收到文件内容。', en: 'No file content arrived.' },
  'questions.link_expired': {
    status: 403,
    zh: '图片或视频的链接已失效，请重新打开题目。',
    en: 'The address of this picture or video is no longer valid. Open the question again.',
  },
});
