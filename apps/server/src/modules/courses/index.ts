import type { ServerModule } from '../../platform/module.ts';
import { purgeUploads, resumeTranscodes } from './jobs.ts';
import { transcodeVideo } from './media/transcode-job.ts';
import { registerCourseRoutes } from './routes.ts';
import { seedDemoCourses } from './seed/seed-demo.ts';

export { type ActingPerson, actingContext } from './acting-context.ts';
export {
  type CourseTitle,
  findLessonForStudy,
  findPublishedVersion,
  type LessonForStudy,
  listCourseTitles,
  listLessonsOfVersion,
  listLessonsOfVersions,
  listPublishedCourses,
} from './lessons-for-study.ts';
export { requirePublishedMedia } from './media/media-access.ts';
export { mediaFolder } from './media/media-queries.ts';
export { type PlaylistSegment, playlistSegments } from './media/playlist.ts';
export { type MediaPart, mediaPartOf } from './media/serve-media.ts';
export { type CourseContext } from './context.ts';
export { changeBesideLesson, type LessonKey } from './edit-lessons.ts';
export { mediaFilesUrl } from './present.ts';
export { type DemoVersion, inspectQuizzes, type QuizCourse, type QuizLesson } from './quiz-port.ts';
export { presentMissing } from './require-ready.ts';
export { type CourseRow, findCourse, type LessonRow, listLessonRows } from './queries.ts';
export { requireOrganisation as requireCourseOrganisation } from './policy.ts';

export const coursesModule: ServerModule = {
  name: 'courses',
  register: (app) => registerCourseRoutes(app),
  jobs: [transcodeVideo, resumeTranscodes, purgeUploads],
  cron: [
    { match: '*/15 * * * *', job: resumeTranscodes, payload: {} },
    { match: '41 * * * *', job: purgeUploads, payload: {} },
  ],
  seed: (platform) => seedDemoCourses(platform),
  constraints: {
    course__organisation_id_title_zh: 'courses.title_taken',
    course_version__one_open: 'courses.version_open_exists',
    course_version__never_edited_after_draft: 'courses.version_not_editable',
  },
};
