import {
  addLesson as addLessonEndpoint,
  changeLesson as changeLessonEndpoint,
  createCourse as createCourseEndpoint,
  createUpload as createUploadEndpoint,
  getCourse as getCourseEndpoint,
  getMedia as getMediaEndpoint,
  getUpload as getUploadEndpoint,
  listCourses as listCoursesEndpoint,
  listSyllabi as listSyllabiEndpoint,
  moveLesson as moveLessonEndpoint,
  removeLesson as removeLessonEndpoint,
  reviewCourseVersion as reviewEndpoint,
  startCourseVersion as startVersionEndpoint,
  submitCourseVersion as submitEndpoint,
  uploadSchema,
  withdrawCourseVersion as withdrawEndpoint,
} from '@antu/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { route, serve } from '../../platform/http/route.ts';
import { createCourse } from './create-course.ts';
import { addLesson, changeLesson, moveLesson, removeLesson } from './edit-lessons.ts';
import { getCourseDetail } from './get-course.ts';
import { listCourses } from './list-courses.ts';
import { listSyllabi } from './list-syllabi.ts';
import { createUpload, getUpload } from './media/create-upload.ts';
import { requireMediaAccess } from './media/media-access.ts';
import { findMedia } from './media/media-queries.ts';
import { MOST_CHUNK_BYTES, receiveChunk } from './media/receive-chunk.ts';
import { serveMediaFile } from './media/serve-media.ts';
import { presentMedia } from './present.ts';
import { reviewCourseVersion } from './review-version.ts';
import { startCourseVersion } from './start-version.ts';
import { submitCourseVersion } from './submit-version.ts';
import { withdrawCourseVersion } from './withdraw-version.ts';

export function registerCourseRoutes(app: FastifyInstance): void {
  registerCatalogueRoutes(app);
  registerAuthoringRoutes(app);
  registerReviewRoutes(app);
  registerUploadRoutes(app);
  registerMediaRoutes(app);
}

function registerCatalogueRoutes(app: FastifyInstance): void {
  serve(app, listSyllabiEndpoint, {
    policy: 'syllabi.read',
    summary: 'Syllabi with their topics',
    handler: (ctx, { query }) => listSyllabi(ctx.pool, query.scheme),
  });
  serve(app, listCoursesEndpoint, {
    policy: 'courses.read',
    summary: 'Courses the caller may see',
    handler: (ctx, { query }) => listCourses(ctx, query),
  });
  serve(app, getCourseEndpoint, {
    policy: 'courses.read',
    summary: 'A course; authors and reviewers see all its versions',
    handler: (ctx, { params }) => getCourseDetail(ctx, params.courseId),
  });
}

function registerAuthoringRoutes(app: FastifyInstance): void {
  serve(app, createCourseEndpoint, {
    policy: 'courses.write',
    status: 201,
    summary: 'Make a course with an empty first draft',
    handler: (ctx, { body }) => createCourse(ctx, body),
  });
  serve(app, startVersionEndpoint, {
    policy: 'courses.write',
    status: 201,
    summary: 'Start a new draft with the lessons of the newest version',
    handler: (ctx, { params, body }) => startCourseVersion(ctx, params.courseId, body.summaryZh),
  });
  serve(app, addLessonEndpoint, {
    policy: 'courses.write',
    status: 201,
    summary: 'Add a lesson at the end of a draft',
    handler: (ctx, { params, body }) => addLesson(ctx, params, body),
  });
  serve(app, changeLessonEndpoint, {
    policy: 'courses.write',
    summary: 'Change a lesson of a draft',
    handler: (ctx, { params, body }) => changeLesson(ctx, params, body),
  });
  serve(app, removeLessonEndpoint, {
    policy: 'courses.write',
    summary: 'Take a lesson out of a draft',
    handler: (ctx, { params }) => removeLesson(ctx, params),
  });
  serve(app, moveLessonEndpoint, {
    policy: 'courses.write',
    summary: 'Move a lesson of a draft',
    handler: (ctx, { params, body }) => moveLesson(ctx, params, body.position),
  });
}

function registerReviewRoutes(app: FastifyInstance): void {
  serve(app, submitEndpoint, {
    policy: 'courses.write',
    summary: 'Hand a draft to the reviewers',
    handler: (ctx, { params }) => submitCourseVersion(ctx, params),
  });
  serve(app, reviewEndpoint, {
    policy: 'courses.review',
    status: 201,
    summary: 'Decide the review that the version waits for',
    handler: (ctx, { params, body }) => reviewCourseVersion(ctx, params, body),
  });
  serve(app, withdrawEndpoint, {
    policy: 'courses.review-platform',
    summary: 'Take a published version out of use',
    handler: (ctx, { params, body }) => withdrawCourseVersion(ctx, params, body.reason),
  });
}

const offsetPattern = /^\d{1,15}$/;

function registerUploadRoutes(app: FastifyInstance): void {
  serve(app, createUploadEndpoint, {
    policy: 'media.upload',
    status: 201,
    summary: 'Start a resumable upload',
    handler: (ctx, { body }) => createUpload(ctx, body),
  });
  serve(app, getUploadEndpoint, {
    policy: 'media.upload',
    summary: 'How far an upload is',
    handler: (ctx, { params }) => getUpload(ctx, params.uploadId),
  });
  route(app, {
    method: 'PATCH',
    url: '/api/uploads/:uploadId',
    policy: 'media.upload',
    summary: 'Send the next bytes (application/offset+octet-stream, header upload-offset)',
    bodyLimit: MOST_CHUNK_BYTES,
    schema: { params: z.object({ uploadId: z.uuid() }), answer: uploadSchema },
    handler: (ctx, { params, body }) => {
      const offset = String(ctx.request.headers['upload-offset'] ?? '');
      if (!offsetPattern.test(offset)) throw new AppError('courses.upload_header');
      return receiveChunk(ctx, params.uploadId, Number(offset), body);
    },
  });
}

function registerMediaRoutes(app: FastifyInstance): void {
  serve(app, getMediaEndpoint, {
    policy: 'courses.read',
    summary: 'State of a video',
    handler: async (ctx, { params }) => {
      await requireMediaAccess(ctx.platform, ctx.actor, params.mediaId);
      const media = await findMedia(ctx.pool, params.mediaId);
      if (!media) throw new AppError('courses.media_not_found', { mediaId: params.mediaId });
      return presentMedia(media);
    },
  });
  route(app, {
    method: 'GET',
    url: '/api/media/:mediaId/files/*',
    policy: 'courses.read',
    summary: 'Playlists, segments, poster and subtitles of a video',
    schema: { params: z.object({ mediaId: z.uuid(), '*': z.string() }), answer: 'raw' },
    handler: (ctx, { params }) => serveMediaFile(ctx, params.mediaId, params['*']),
  });
}
