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
  | 'reading-time-too-long'
  | 'quiz-missing'
  | 'quiz-too-few'
  | 'quiz-bank-short'
  | 'quiz-bank-closed';

/** One thing that is missing. `position` is that of the lesson; null when it is about the whole version. */
export interface MissingItem {
  readonly code: MissingCode;
  readonly position: number | null;
  readonly titleZh: string | null;
  /** Of questions: how many there must be, and how many there are. */
  readonly wanted?: number;
  readonly present?: number;
}

/** What is asked of the quiz of a lesson. */
export interface LessonQuizFacts extends Pick<LessonFacts, 'position' | 'titleZh'> {
  /** Fewest questions of an attempt; 0: the lesson needs no quiz. */
  readonly wanted: number;
  /** Questions of an attempt; null: the lesson has no quiz. */
  readonly asked: number | null;
  /** Questions that attempts may be drawn from today, of each exclusion group one. */
  readonly available: number;
  /** Results show what is right, so the bank is one that may be practised. */
  readonly isBankOpen: boolean;
}

/** Everything that is wrong with the quizzes of a version; empty when they are as the rules want them. */
export const findQuizMissing = (lessons: readonly LessonQuizFacts[]): readonly MissingItem[] =>
  lessons.flatMap(({ position, titleZh, wanted, asked, available, isBankOpen }): MissingItem[] => {
    const about = { position, titleZh };
    if (asked === null) return wanted === 0 ? [] : [{ code: 'quiz-missing', ...about, wanted, present: 0 }];
    const problems: MissingItem[] = [];
    if (asked < wanted) problems.push({ code: 'quiz-too-few', ...about, wanted, present: asked });
    if (available < asked) problems.push({ code: 'quiz-bank-short', ...about, wanted: asked, present: available });
    if (!isBankOpen) problems.push({ code: 'quiz-bank-closed', ...about });
    return problems;
  });

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
