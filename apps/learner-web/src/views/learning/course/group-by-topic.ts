import type { LessonProgress } from '@antu/contract';

export interface TopicLessons {
  titleZh: string | null;
  titleEn: string | null;
  lessons: LessonProgress[];
}

/** Lessons in their order, neighbours of one topic together. */
export function groupByTopic(lessons: readonly LessonProgress[]): TopicLessons[] {
  const groups: TopicLessons[] = [];
  for (const lesson of lessons.toSorted((a, b) => a.position - b.position)) {
    const last = groups.at(-1);
    if (last && last.titleZh === lesson.topicTitleZh) last.lessons.push(lesson);
    else groups.push({ titleZh: lesson.topicTitleZh, titleEn: lesson.topicTitleEn, lessons: [lesson] });
  }
  return groups;
}
