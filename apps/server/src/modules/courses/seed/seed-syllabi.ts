import { type Pool, transaction } from '../../../platform/database/pool.ts';
import { demoId } from '../../people/index.ts';
import { readCatalogue, readSyllabi } from './catalogue.ts';

/** The topic of a demo syllabus. */
export const topicId = (syllabus: string, code: string): string => demoId(`topic/${syllabus}/${code}`);

/** Writes the syllabi of the demo; their topics stand in the catalogue of the lessons. */
export async function seedSyllabi(pool: Pool): Promise<void> {
  const { courses } = await readCatalogue();
  const syllabi = await readSyllabi();
  await transaction(pool, async (tx) => {
    for (const { slug, scheme, titleZh, titleEn, source, validFrom } of syllabi) {
      await tx.query(
        `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing`,
        [demoId(`syllabus/${slug}`), scheme, titleZh, titleEn, source, validFrom],
      );
      const topics = courses.filter(({ syllabus }) => syllabus === slug).flatMap((course) => course.topics);
      for (const [index, topic] of topics.entries()) {
        await tx.query(
          `insert into syllabus_topic (id, syllabus_id, code, title_zh, title_en, required_seconds, position)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
          [
            topicId(slug, topic.code),
            demoId(`syllabus/${slug}`),
            topic.code,
            topic.titleZh,
            topic.titleEn,
            topic.requiredSeconds,
            index + 1,
          ],
        );
      }
    }
  });
}
