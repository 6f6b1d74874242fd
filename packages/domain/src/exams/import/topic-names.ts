import { toHalfWidth } from './clean-text.ts';

/** A topic of a syllabus of the bank's scheme. */
export interface ImportTopic {
  readonly id: string;
  readonly code: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly syllabusTitleZh: string;
}

const plain = (text: string): string => toHalfWidth(text).replaceAll(/\s+/g, '').toLowerCase();
const fullName = ({ syllabusTitleZh, titleZh }: ImportTopic): string => `${syllabusTitleZh} / ${titleZh}`;

/** A name for each topic that leads back to it: its title where that is enough. By id. */
export function topicNames(topics: readonly ImportTopic[]): ReadonlyMap<string, string> {
  const find = topicFinder(topics);
  return new Map(
    topics.map((topic) => {
      const name = [topic.titleZh, fullName(topic)].find((words) => find(words) === topic);
      return [topic.id, name ?? topic.id];
    }),
  );
}

/** Looks topics up by id, title, `syllabus / title` or code. Null: none is called so; `ambiguous`: several are. */
export function topicFinder(topics: readonly ImportTopic[]): (words: string) => ImportTopic | 'ambiguous' | null {
  const byWords = new Map<string, Set<ImportTopic>>();
  for (const topic of topics) {
    for (const words of [topic.id, topic.titleZh, topic.titleEn, topic.code, fullName(topic)]) {
      const key = plain(words);
      if (key !== '') byWords.set(key, (byWords.get(key) ?? new Set()).add(topic));
    }
  }
  return (words) => {
    const [topic = null, ...others] = byWords.get(plain(words)) ?? [];
    return others.length > 0 ? 'ambiguous' : topic;
  };
}
