import { schemeCodes } from '@antu/domain';
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

export const schemeCodeSchema = z.enum(schemeCodes);
const id = z.uuid();
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

/** draft -> body-review -> platform-review -> published; refused goes back to draft; superseded by the next one published. */
export const courseVersionStateSchema = z.enum([
  'draft',
  'body-review',
  'platform-review',
  'published',
  'refused',
  'superseded',
  'withdrawn',
]);
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
