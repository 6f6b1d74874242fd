import type { SyllabusView } from '@antu/contract';
import type { SchemeCode } from '@antu/domain';
import type { Queryable } from '../../platform/database/pool.ts';
import { rowsOf } from './context.ts';
import { listTopics } from './queries.ts';

interface SyllabusRow {
  id: string;
  scheme: SchemeCode;
  title_zh: string;
  title_en: string;
  source: string;
  valid_from: string;
}

/** Syllabi of a scheme (of all without one) with their topics, the newest first. */
export async function listSyllabi(db: Queryable, scheme: SchemeCode | undefined): Promise<{ items: SyllabusView[] }> {
  const rows = await rowsOf<SyllabusRow>(
    db,
    `select id, scheme, title_zh, title_en, source, valid_from from syllabus
     where $1::text is null or scheme = $1 order by scheme, valid_from desc, title_zh`,
    [scheme ?? null],
  );
  const topics = await listTopics(
    db,
    rows.map(({ id }) => id),
  );
  return {
    items: rows.map((row) => ({
      id: row.id,
      scheme: row.scheme,
      titleZh: row.title_zh,
      titleEn: row.title_en,
      source: row.source,
      validFrom: row.valid_from,
      topics: topics
        .filter(({ syllabus_id }) => syllabus_id === row.id)
        .map((topic) => ({
          id: topic.id,
          code: topic.code,
          titleZh: topic.title_zh,
          titleEn: topic.title_en,
          requiredSeconds: topic.required_seconds,
        })),
    })),
  };
}
