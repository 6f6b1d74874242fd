import { randomUUID } from 'node:crypto';
import { transaction, type Queryable } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import { actingContext } from '../../courses/index.ts';
import { createQuestions, type NewQuestion } from '../bank/index.ts';
import { readDemoQuestions } from '../demo/read-questions.ts';

/** Writes a bank of an organisation with the demo's questions of road transport, looked over: real texts of real length. */
export async function fillBank(platform: Platform, owner: Queryable, organisationId: string): Promise<void> {
  const author = actingContext(
    platform,
    { accountId: randomUUID(), role: 'teacher', organisationId, regionCode: '440104' },
    'fill-bank',
  );
  const [bankId, syllabusId, topicId] = [randomUUID(), randomUUID(), randomUUID()];
  await owner.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, 'road-transport', $2, '', '', '2020-01-01')`,
    [syllabusId, `大纲 ${syllabusId}`],
  );
  await owner.query(
    `insert into syllabus_topic (id, syllabus_id, code, title_zh, title_en, required_seconds, position)
     values ($1, $2, 'topic', '主题', 'Topic', 600, 1)`,
    [topicId, syllabusId],
  );
  await owner.query(
    `insert into question_bank (id, organisation_id, scheme, title_zh, created_by, created_at)
     values ($1, $2, 'road-transport', '负载题库', $3, now())`,
    [bankId, organisationId, author.actor.accountId],
  );
  const items = (await readDemoQuestions())
    .filter(({ scheme }) => scheme === 'road-transport')
    .flatMap(({ scheme, questions }) =>
      questions.map(
        ({ question, ...facts }): NewQuestion => ({
          question,
          facts: { ...facts, scheme, topicId, posts: [], validFrom: '2020-01-01', validUntil: null },
        }),
      ),
    );
  await transaction(platform.pool, (tx) =>
    createQuestions(tx, author, bankId, items, null, { approvedBy: randomUUID() }),
  );
}
