/** What is asked of a lesson before its version can be submitted. */
export interface LessonFacts {
  readonly position: number;
  readonly titleZh: string;
  readonly kind: 'video' | 'document';
  readonly topicId: string | null;
  readonly mediaState: 'processing' | 'ready' | 'failed' | null;
  readonly documentText: string | null;
  readonly durationMs: number | null;
}

export type MissingCode =
  | 'no-lessons'
  | 'topic-missing'
  | 'topic-foreign'
  | 'video-missing'
  | 'video-processing'
  | 'video-failed'
  | 'document-empty'
  | 'reading-time-missing'
  | 'reading-time-too-long';

/** One thing that is missing. `position` is that of the lesson; null when it is about the whole version. */
export interface MissingItem {
  readonly code: MissingCode;
  readonly position: number | null;
  readonly titleZh: string | null;
}

/**
 * Longest creditable reading time of a document: one second per character, and a minute for any. No public text fixes
 * it; it is far slower than anybody reads, and keeps a line of text from being worth hours.
 */
export const longestReadingMs = (text: string): number => Math.max(60, [...text.replaceAll(/\s/g, '')].length) * 1000;

/** Everything that keeps a version from being submitted; empty when it is ready. */
export const findMissing = (
  lessons: readonly LessonFacts[],
  topicIdsOfSyllabus: readonly string[],
): readonly MissingItem[] => {
  if (lessons.length === 0) return [{ code: 'no-lessons', position: null, titleZh: null }];
  return lessons.flatMap((lesson) =>
    [...findTopicProblems(lesson, topicIdsOfSyllabus), ...findContentProblems(lesson)].map((code) => ({
      code,
      position: lesson.position,
      titleZh: lesson.titleZh,
    })),
  );
};

const findTopicProblems = ({ topicId }: LessonFacts, topicIds: readonly string[]): MissingCode[] => {
  if (topicId === null) return ['topic-missing'];
  return topicIds.includes(topicId) ? [] : ['topic-foreign'];
};

const findContentProblems = (lesson: LessonFacts): MissingCode[] => {
  if (lesson.kind === 'video') {
    if (lesson.mediaState === null) return ['video-missing'];
    if (lesson.mediaState === 'failed') return ['video-failed'];
    return lesson.mediaState === 'processing' || lesson.durationMs === null ? ['video-processing'] : [];
  }
  const text = lesson.documentText?.trim() ?? '';
  const problems: MissingCode[] = text === '' ? ['document-empty'] : [];
  if (lesson.durationMs === null) problems.push('reading-time-missing');
  else if (text !== '' && lesson.durationMs > longestReadingMs(text)) problems.push('reading-time-too-long');
  return problems;
};
