import type { PracticeOverview, PracticeTopic } from '@antu/contract';

/** Topics of one syllabus. */
export interface TopicGroup {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly topics: readonly PracticeTopic[];
}

/** Topics under their syllabi, in the order of the answer. */
export function groupBySyllabus(topics: readonly PracticeTopic[]): readonly TopicGroup[] {
  return [...Map.groupBy(topics, ({ syllabusZh }) => syllabusZh)].map(([titleZh, ofSyllabus]) => ({
    titleZh,
    titleEn: ofSyllabus[0]?.syllabusEn ?? '',
    topics: ofSyllabus,
  }));
}

/** Where the one big button leads: the topic of the last answer, else the first with questions that were not tried. */
export function topicToGoOn({ topics, lastTopicId }: PracticeOverview): PracticeTopic | undefined {
  return (
    topics.find(({ id }) => id === lastTopicId) ?? topics.find(({ seen, questions }) => seen < questions) ?? topics[0]
  );
}
