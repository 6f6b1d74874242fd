import {
  type CourseSummary,
  type CourseVersionView,
  type LessonVersionView,
  MEDIA_FAILURES,
  type MediaView,
} from '@antu/contract';
import { type MediaRow, mediaFolder } from './media/media-queries.ts';
import type { CourseRow, LessonRow, ReviewRow, VersionRow } from './queries.ts';

/** Address of the folder of a video's files; ends with a slash. */
export const mediaFilesUrl = (mediaId: string): string => `/api/media/${mediaId}/files/`;

const fileUrl = (mediaId: string, path: string): string => mediaFilesUrl(mediaId) + path;

const keyUrl = (mediaId: string, key: string | null): string | null =>
  key === null ? null : fileUrl(mediaId, key.slice(mediaFolder(mediaId).length + 1));

/** A media asset without its storage keys. */
export const presentMedia = (media: MediaRow): MediaView => ({
  id: media.id,
  state: media.state,
  progressPercent: media.progressPercent,
  failure: media.failure === null ? null : MEDIA_FAILURES[media.failure].zh,
  failureCode: media.failure,
  durationMs: media.durationMs,
  playlistUrl: keyUrl(media.id, media.playlistKey),
  posterUrl: keyUrl(media.id, media.posterKey),
  subtitles: media.subtitles.map(({ language, path }) => ({ language, url: fileUrl(media.id, path) })),
  renditions: [...media.renditions],
});

export const presentLesson = (lesson: LessonRow): LessonVersionView => ({
  id: lesson.id,
  lessonId: lesson.lesson_id,
  position: lesson.position,
  kind: lesson.kind,
  titleZh: lesson.title_zh,
  titleEn: lesson.title_en,
  topicId: lesson.topic_id,
  media: lesson.media === null ? null : presentMedia(lesson.media),
  documentText: lesson.document_text,
  durationMs: lesson.duration_ms,
});

/** The accounts that may not review a version: who made it and who submitted it. */
export const authorsOf = (version: Pick<VersionRow, 'created_by' | 'submitted_by'>): string[] =>
  version.submitted_by === null ? [version.created_by] : [version.created_by, version.submitted_by];

/**
 * @param reviewers names by account id; empty for readers who are not to see reviews
 * @param accountId who asks
 */
export const presentVersion = (
  version: VersionRow,
  lessons: readonly LessonRow[],
  reviews: readonly ReviewRow[],
  reviewers: ReadonlyMap<string, string>,
  accountId: string,
): CourseVersionView => ({
  id: version.id,
  courseId: version.course_id,
  number: version.number,
  state: version.state,
  summaryZh: version.summary_zh,
  createdAt: version.created_at.toISOString(),
  publishedAt: version.published_at?.toISOString() ?? null,
  ownWork: authorsOf(version).includes(accountId),
  reviews: reviews
    .filter((review) => review.course_version_id === version.id)
    .map(({ stage, decision, comment, reviewer_id, at }) => ({
      stage,
      decision,
      comment,
      reviewer: reviewers.get(reviewer_id) ?? '',
      at: at.toISOString(),
    })),
  lessons: lessons.filter((lesson) => lesson.in_version_id === version.id).map(presentLesson),
});

export interface SummaryFacts {
  readonly publishedVersion: number | null;
  readonly latestState: CourseSummary['latestState'];
  readonly latestNumber: number;
  readonly latestIsOwnWork: boolean;
  readonly lessonCount: number;
  readonly durationMs: number;
  readonly poster: { readonly mediaId: string; readonly key: string } | null;
}

export const presentCourse = (course: CourseRow, facts: SummaryFacts): CourseSummary => ({
  id: course.id,
  titleZh: course.title_zh,
  titleEn: course.title_en,
  scheme: course.scheme,
  syllabusId: course.syllabus_id,
  syllabusTitleZh: course.syllabus_title_zh,
  organisation: { id: course.organisation_id, name: course.organisation_name },
  publishedVersion: facts.publishedVersion,
  latestState: facts.latestState,
  latestNumber: facts.latestNumber,
  latestIsOwnWork: facts.latestIsOwnWork,
  lessonCount: facts.lessonCount,
  durationMs: facts.durationMs,
  posterUrl: facts.poster === null ? null : keyUrl(facts.poster.mediaId, facts.poster.key),
  updatedAt: course.updated_at.toISOString(),
});
