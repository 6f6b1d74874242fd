import { courseVersionStates, type MissingCode, type MissingItem, schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

export const schemeCodeSchema = z.enum(schemeCodes);
const id = z.uuid();

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Why a video could not be processed: the code in the database, the words for the one who uploaded it. */
export const MEDIA_FAILURES = {
  'not-a-video': {
    zh: '文件不是可识别的视频，请上传 MP4、MOV、WebM、AVI 等常见格式的视频。',
    en: 'The file is not a video that can be read. Upload MP4, MOV, WebM, AVI or another common format.',
  },
  'no-picture': {
    zh: '文件中没有画面，只有声音或其他内容。',
    en: 'The file has no picture, only sound or other content.',
  },
  broken: {
    zh: '视频文件已损坏，无法解码。请重新导出后再上传。',
    en: 'The video is damaged and cannot be decoded. Export it again and upload it.',
  },
  truncated: {
    zh: '视频文件不完整，实际可播放的内容比标明的时长短。请重新导出后再上传。',
    en: 'The video is not complete: less can be played than it claims. Export it again and upload it.',
  },
  'too-short': { zh: '视频不足 1 秒。', en: 'The video is shorter than one second.' },
  'too-long': {
    zh: '视频超过 6 小时，请拆分成多节课。',
    en: 'The video is longer than 6 hours. Split it into several lessons.',
  },
  'picture-too-large': {
    zh: '视频画面过大，宽和高都不能超过 7680 像素。',
    en: 'The picture is too large: at most 7680 pixels on each side.',
  },
  'took-too-long': {
    zh: '视频处理超时，请降低分辨率或拆分后再上传。',
    en: 'Processing took too long. Upload it at a lower resolution or in parts.',
  },
  'ffmpeg-missing': {
    zh: '服务器没有安装 ffmpeg，暂时无法处理视频。请系统管理员安装（Debian：apt-get install ffmpeg），安装后会自动继续。',
    en: 'ffmpeg is not installed on the server (Debian: apt-get install ffmpeg). Processing goes on by itself once it is.',
  },
  'disk-full': {
    zh: '服务器磁盘空间不足，暂时无法处理视频。请系统管理员清理空间，之后会自动继续。',
    en: 'The disk of the server is full. Processing goes on by itself once there is space.',
  },
  'original-missing': { zh: '上传的原始文件已丢失，请重新上传。', en: 'The uploaded file is gone. Upload it again.' },
} as const satisfies Record<string, Words>;
export type MediaFailure = keyof typeof MEDIA_FAILURES;

/** What a version still needs before it can be submitted, in words. */
export const MISSING_TEXTS: Readonly<Record<MissingCode, Words>> = {
  'no-lessons': { zh: '还没有课时，请至少添加一节。', en: 'There is no lesson yet. Add at least one.' },
  'topic-missing': { zh: '没有选择大纲主题。', en: 'No topic of the syllabus is chosen.' },
  'topic-foreign': { zh: '所选主题不属于本课程的大纲。', en: 'The topic is not of the syllabus of this course.' },
  'video-missing': { zh: '还没有上传视频。', en: 'There is no video yet.' },
  'video-processing': { zh: '视频正在处理，完成后才能提交。', en: 'The video is still being processed.' },
  'video-failed': { zh: '视频处理失败，请更换视频。', en: 'The video could not be processed. Upload another one.' },
  'document-empty': { zh: '文档内容为空。', en: 'The document is empty.' },
  'reading-time-missing': { zh: '没有填写阅读时长。', en: 'The reading time is not set.' },
  'reading-time-too-long': {
    zh: '阅读时长过长：每个字最多计 1 秒，最短可设 1 分钟。',
    en: 'The reading time is too long: at most one second per character, and a minute for any document.',
  },
  'quiz-missing': {
    zh: '还没有随堂小测，这节课至少要 {wanted} 题。',
    en: 'There is no quiz yet: this lesson needs {wanted} questions or more.',
  },
  'quiz-too-few': {
    zh: '随堂小测只有 {present} 题，这节课至少要 {wanted} 题。',
    en: 'The quiz asks {present} questions, this lesson needs {wanted} or more.',
  },
  'quiz-bank-short': {
    zh: '题库里可以抽的题只有 {present} 道，测验要 {wanted} 道。',
    en: 'The quiz asks {wanted} questions, but only {present} can be drawn from the bank.',
  },
  'quiz-bank-closed': {
    zh: '测验后会显示答案，请选开放练习的题库，不要用考试专用题库。',
    en: 'Results of a quiz show what is right: choose a bank that is open for practice.',
  },
};

/** The words for something missing, with its numbers. */
export function missingWords({ code, wanted, present }: Pick<MissingItem, 'code' | 'wanted' | 'present'>): Words {
  const filled = (text: string): string =>
    text.replace('{wanted}', String(wanted ?? '')).replace('{present}', String(present ?? ''));
  const { zh, en } = MISSING_TEXTS[code];
  return { zh: filled(zh), en: filled(en) };
}
/** Element of `details.missing` of `courses.not_ready`. */
export const missingItemSchema = z.object({
  code: z.string(),
  /** The lesson it is about; null: the version as a whole. */
  position: z.int().nullable(),
  titleZh: z.string().nullable(),
  /** Of questions: how many there must be, and how many there are. */
  wanted: z.int().optional(),
  present: z.int().optional(),
  zh: z.string(),
  en: z.string(),
});
export type MissingItemView = z.infer<typeof missingItemSchema>;

const list = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

/** Topic of a syllabus with the time it requires. */
export const topicSchema = z.object({
  id,
  code: z.string(),
  titleZh: z.string(),
  titleEn: z.string(),
  requiredSeconds: z.int(),
});
export const syllabusSchema = z.object({
  id,
  scheme: schemeCodeSchema,
  titleZh: z.string(),
  titleEn: z.string(),
  source: z.string(),
  validFrom: z.string(),
  topics: z.array(topicSchema),
});
export type SyllabusView = z.infer<typeof syllabusSchema>;

export const lessonKindSchema = z.enum(['video', 'document']);
/** `processing` a file is being transcoded, `failed` with the reason in words. */
export const mediaStateSchema = z.enum(['empty', 'uploading', 'processing', 'ready', 'failed']);
export const renditionSchema = z.object({
  /** liuchang 流畅, biaoqing 标清, gaoqing 高清 */
  name: z.enum(['liuchang', 'biaoqing', 'gaoqing']),
  heightPx: z.int(),
  bitsPerSecond: z.int(),
  bytes: z.int(),
});
export const mediaSchema = z.object({
  id,
  state: mediaStateSchema,
  /** 0..100 while processing. */
  progressPercent: z.int(),
  failure: z.string().nullable(),
  /** Key into `MEDIA_FAILURES`, for another language than Chinese. */
  failureCode: z.string().nullable().optional(),
  durationMs: z.int().nullable(),
  /** HLS master list; null for documents and while not ready. */
  playlistUrl: z.string().nullable(),
  posterUrl: z.string().nullable(),
  subtitles: z.array(z.object({ language: z.enum(['zh', 'en']), url: z.string() })),
  renditions: z.array(renditionSchema),
});
export type MediaView = z.infer<typeof mediaSchema>;

export const lessonVersionSchema = z.object({
  /** Names this exact content; study sessions and the ledger refer to it. */
  id,
  lessonId: id,
  position: z.int(),
  kind: lessonKindSchema,
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  topicId: id.nullable(),
  media: mediaSchema.nullable(),
  /** Markdown of a document lesson. */
  documentText: z.string().nullable(),
  /** Creditable time: media length, or the reading time of a document. */
  durationMs: z.int().nullable(),
});
export type LessonVersionView = z.infer<typeof lessonVersionSchema>;

/**
 * draft -> body-review -> platform-review -> published; superseded by the next one published. A refused version is edited and
 * submitted again like a draft, and becomes one with the first change.
 */
export const courseVersionStateSchema = z.enum(courseVersionStates);
export const reviewSchema = z.object({
  stage: z.enum(['body', 'platform']),
  decision: z.enum(['approved', 'refused']),
  comment: z.string(),
  reviewer: z.string(),
  at: z.string(),
});
export const courseVersionSchema = z.object({
  id,
  courseId: id,
  number: z.int(),
  state: courseVersionStateSchema,
  summaryZh: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  /** Made or submitted by the one who asks: somebody else has to review it. */
  ownWork: z.boolean(),
  reviews: z.array(reviewSchema),
  lessons: z.array(lessonVersionSchema),
});
export type CourseVersionView = z.infer<typeof courseVersionSchema>;
export const courseSummarySchema = z.object({
  id,
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  scheme: schemeCodeSchema,
  syllabusId: id,
  syllabusTitleZh: z.string(),
  organisation: z.object({ id, name: z.string() }),
  publishedVersion: z.int().nullable(),
  /** State of the newest version. */
  latestState: courseVersionStateSchema,
  latestNumber: z.int(),
  /** The newest version was made or submitted by the one who asks. */
  latestIsOwnWork: z.boolean(),
  lessonCount: z.int(),
  durationMs: z.int(),
  posterUrl: z.string().nullable(),
  updatedAt: z.string(),
});
export type CourseSummary = z.infer<typeof courseSummarySchema>;
export const courseDetailSchema = courseSummarySchema.extend({ versions: z.array(courseVersionSchema) });
export type CourseDetail = z.infer<typeof courseDetailSchema>;

export const listSyllabi = defineEndpoint({
  method: 'GET',
  path: '/api/syllabi',
  query: z.object({ scheme: schemeCodeSchema.optional() }),
  answer: z.object({ items: z.array(syllabusSchema) }),
});
export const listCourses = defineEndpoint({
  method: 'GET',
  path: '/api/courses',
  query: z.object({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
    state: courseVersionStateSchema.optional(),
    scheme: schemeCodeSchema.optional(),
  }),
  answer: list(courseSummarySchema),
});
const courseParams = z.object({ courseId: id });
const versionParams = z.object({ courseId: id, versionId: id });
const lessonParams = z.object({ courseId: id, versionId: id, lessonVersionId: id });
/** Authors and reviewers: with all versions. */
export const getCourse = defineEndpoint({
  method: 'GET',
  path: '/api/courses/:courseId',
  params: courseParams,
  answer: courseDetailSchema,
});
/** Makes the course with its first draft version. */
export const createCourse = defineEndpoint({
  method: 'POST',
  path: '/api/courses',
  body: z.object({
    titleZh: z.string().trim().min(2).max(80),
    titleEn: z.string().trim().max(120).nullable().default(null),
    syllabusId: id,
    organisationId: id,
  }),
  answer: courseDetailSchema,
});
/** A published version is never edited: this copies the newest one into a new draft. */
export const startCourseVersion = defineEndpoint({
  method: 'POST',
  path: '/api/courses/:courseId/versions',
  params: courseParams,
  body: z.object({ summaryZh: z.string().trim().min(2).max(400) }),
  answer: courseVersionSchema,
});
const lessonBody = z.object({
  kind: lessonKindSchema,
  titleZh: z.string().trim().min(2).max(80),
  titleEn: z.string().trim().max(120).nullable().default(null),
  topicId: id.nullable().default(null),
  mediaId: id.nullable().default(null),
  documentText: z.string().max(200_000).nullable().default(null),
  /** Reading time of a document. */
  readingSeconds: z
    .int()
    .min(30)
    .max(3 * 3600)
    .nullable()
    .default(null),
});
export const addLesson = defineEndpoint({
  method: 'POST',
  path: '/api/courses/:courseId/versions/:versionId/lessons',
  params: versionParams,
  body: lessonBody,
  answer: courseVersionSchema,
});
export const changeLesson = defineEndpoint({
  method: 'PUT',
  path: '/api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId',
  params: lessonParams,
  body: lessonBody,
  answer: courseVersionSchema,
});
export const removeLesson = defineEndpoint({
  method: 'DELETE',
  path: '/api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId',
  params: lessonParams,
  answer: courseVersionSchema,
});
export const moveLesson = defineEndpoint({
  method: 'POST',
  path: '/api/courses/:courseId/versions/:versionId/lessons/:lessonVersionId/move',
  params: lessonParams,
  body: z.object({ position: z.int().min(1) }),
  answer: courseVersionSchema,
});
/** Refused with the full list of what is missing (`courses.not_ready`, details.missing[]). */
export const submitCourseVersion = defineEndpoint({
  method: 'POST',
  path: '/api/courses/:courseId/versions/:versionId/submit',
  params: versionParams,
  answer: courseVersionSchema,
});
/** Body first, platform second; the stage follows from the state, the permission from the stage. Approval by the platform publishes. */
export const reviewCourseVersion = defineEndpoint({
  method: 'POST',
  path: '/api/courses/:courseId/versions/:versionId/reviews',
  params: versionParams,
  body: z.object({ decision: z.enum(['approved', 'refused']), comment: z.string().trim().max(1000) }),
  answer: courseVersionSchema,
});

/** Takes a published or superseded version out of use. Those who study it at this moment finish their session. */
export const withdrawCourseVersion = defineEndpoint({
  method: 'POST',
  path: '/api/courses/:courseId/versions/:versionId/withdraw',
  params: versionParams,
  body: z.object({ reason: z.string().trim().min(4).max(400) }),
  answer: courseVersionSchema,
});

/** Resumable upload: create, then PATCH bytes at the known offset, ask the offset after a break, finish by the last byte. */
export const uploadSchema = z.object({
  id,
  fileName: z.string(),
  sizeBytes: z.int(),
  offsetBytes: z.int(),
  state: z.enum(['receiving', 'received', 'refused', 'expired']),
  /** Set once received: the media being processed. */
  mediaId: id.nullable(),
  failure: z.string().nullable(),
});
export type UploadView = z.infer<typeof uploadSchema>;
export const createUpload = defineEndpoint({
  method: 'POST',
  path: '/api/uploads',
  body: z.object({
    organisationId: id,
    fileName: z.string().min(1).max(200),
    sizeBytes: z.int().min(1),
    contentType: z.string().max(100),
  }),
  answer: uploadSchema,
});
export const getUpload = defineEndpoint({
  method: 'GET',
  path: '/api/uploads/:uploadId',
  params: z.object({ uploadId: id }),
  answer: uploadSchema,
});
/**
 * PATCH /api/uploads/:uploadId, content-type application/offset+octet-stream, header `upload-offset`; answer uploadSchema;
 * 409 `courses.upload_offset` with details.offsetBytes when the offset is not the one expected. Not callable through `call`.
 */
export const UPLOAD_CHUNK_BYTES = 4 * 1024 * 1024;
export const getMedia = defineEndpoint({
  method: 'GET',
  path: '/api/media/:mediaId',
  params: z.object({ mediaId: id }),
  answer: mediaSchema,
});
