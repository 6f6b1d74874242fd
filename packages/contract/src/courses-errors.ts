import { defineErrors } from './define-errors.ts';

/** Refusals of courses, reviews, uploads and media. */
export const courseErrors = defineErrors({
  'courses.not_found': { status: 404, zh: '没有找到这门课程。', en: 'Course not found.' },
  'courses.version_not_found': { status: 404, zh: '没有找到课程的这个版本。', en: 'Course version not found.' },
  'courses.lesson_not_found': { status: 404, zh: '没有找到这节课。', en: 'Lesson not found.' },
  'courses.syllabus_not_found': { status: 422, zh: '没有找到所选的大纲。', en: 'No such syllabus.' },
  'courses.title_taken': {
    status: 409,
    zh: '本单位已有同名课程。',
    en: 'Your organisation has a course of this title already.',
  },
  'courses.version_not_editable': {
    status: 409,
    zh: '该版本已提交或已发布，不能修改；需要修改时请新建版本。',
    en: 'This version was submitted or published and cannot be changed. Start a new version.',
  },
  'courses.version_open_exists': {
    status: 409,
    zh: '该课程已有一个未发布的版本，请先完成它。',
    en: 'This course has a version in the making already. Finish that one first.',
  },
  'courses.action_not_possible': {
    status: 409,
    zh: '该版本目前的状态不允许此操作，请刷新后查看。',
    en: 'The version is not in a state for this. Reload and look again.',
  },
  'courses.not_ready': { status: 422, zh: '还不能提交：{summary}', en: 'Not ready yet: {summaryEn}' },
  'courses.own_work': { status: 403, zh: '不能审核自己制作或提交的课程。', en: 'Nobody reviews their own work.' },
  'courses.reviewed_before': {
    status: 403,
    zh: '机构审核与平台审核须由不同的人完成。',
    en: 'The two reviews must be done by two people.',
  },
  'courses.comment_missing': { status: 422, zh: '退回时请写明原因。', en: 'Say why the version is refused.' },
  'courses.topic_foreign': {
    status: 422,
    zh: '所选主题不属于本课程的大纲。',
    en: 'The topic is not of the syllabus of this course.',
  },
  'courses.content_mismatch': {
    status: 422,
    zh: '视频课不能填写文档内容或阅读时长，文档课不能附视频。',
    en: 'A video lesson has no document text or reading time, a document lesson no video.',
  },
  'courses.media_not_found': { status: 404, zh: '没有找到这个视频。', en: 'Video not found.' },
  'courses.media_in_session_only': {
    status: 403,
    zh: '这个视频要从课程里打开学习，才会计时。',
    en: 'Open this video from its course: only there it counts.',
  },
  'courses.media_not_yours': {
    status: 422,
    zh: '没有找到这个视频，或它不属于本单位。',
    en: 'No such video in your organisation.',
  },
  'courses.upload_not_found': { status: 404, zh: '没有找到这个上传任务。', en: 'Upload not found.' },
  'courses.upload_closed': {
    status: 409,
    zh: '该上传任务已结束，请重新选择文件上传。',
    en: 'This upload has ended. Choose the file again.',
  },
  'courses.upload_offset': {
    status: 409,
    zh: '上传位置不一致，将从服务器记录的位置继续。',
    en: 'The offset is not the one expected. Go on from the recorded one.',
  },
  'courses.upload_header': {
    status: 400,
    zh: '上传请求缺少 upload-offset 或格式不正确。',
    en: 'The upload-offset header or the content type is missing or not valid.',
  },
  'courses.upload_too_big': {
    status: 413,
    zh: '文件过大，最大允许 {limitMib} MiB。',
    en: 'The file is too large: at most {limitMib} MiB.',
  },
  'courses.chunk_too_big': {
    status: 413,
    zh: '单次上传的数据过多，或超出了文件大小。',
    en: 'The chunk is too large or reaches beyond the end of the file.',
  },
  'courses.too_many_uploads': {
    status: 429,
    zh: '未完成的上传过多，请先完成或等待其过期。',
    en: 'Too many unfinished uploads.',
  },
  'courses.not_a_video': {
    status: 415,
    zh: '文件不是可识别的视频，请上传 MP4、MOV、WebM、AVI 等常见格式的视频。',
    en: 'The file is not a video that can be read. Upload MP4, MOV, WebM, AVI or another common format.',
  },
  'courses.disk_full': {
    status: 507,
    zh: '服务器磁盘空间不足，请联系系统管理员清理空间后重试。',
    en: 'The disk of the server is full. Ask the system operator to free space.',
  },
});
