import { randomUUID } from 'node:crypto';
import { checkDrafts, type DraftRow, readText } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { actingContext } from '../../courses/index.ts';
import type { BankRow } from '../bank/banks.ts';
import { createBank } from '../bank/manage-banks.ts';
import { loadCheckContext } from './check-context.ts';
import { applyImport } from './decide-import.ts';
import { writeRows } from './import-rows.ts';

const teacherOf = ({ platform }: AccessWorld, place: AccessPlace) =>
  actingContext(
    platform,
    {
      accountId: place.teacherAccountId,
      role: 'teacher',
      organisationId: place.bodyId,
      regionCode: place.regionCode,
    },
    randomUUID(),
  );

const ofBank = async (world: AccessWorld, place: AccessPlace) => {
  const bank = await createBank(teacherOf(world, place), {
    organisationId: place.bodyId,
    scheme: 'road-transport',
    titleZh: `题库 ${randomUUID()}`,
  });
  return { params: { bankId: bank.id } };
};

/** A checked import with one good question. */
async function makeImport(world: AccessWorld, place: AccessPlace): Promise<string> {
  const { platform } = world;
  const { bankId } = (await ofBank(world, place)).params;
  const topicId = await makeTopic(world);
  const importId = randomUUID();
  const read = readText(`1、（判断题）雨天应当减速 ${importId}。答案：对`);
  const drafts: readonly DraftRow[] = 'drafts' in read ? read.drafts : [];
  const bank = { id: bankId, scheme: 'road-transport', organisation_id: place.bodyId } satisfies Partial<BankRow>;
  const context = await loadCheckContext(platform.pool, bank, drafts, {
    defaultTopicId: topicId,
    nowMs: platform.clock.nowMs(),
  });
  await transaction(platform.pool, async (tx) => {
    await tx.query(
      `insert into question_import (id, bank_id, format, file_name, size_bytes, state, default_topic_id, created_by, created_at)
       values ($1, $2, 'text', '题.txt', 10, 'checked', $3, $4, $5)`,
      [importId, bankId, topicId, place.teacherAccountId, platform.clock.now()],
    );
    await writeRows(tx, importId, drafts, checkDrafts(drafts, context));
  });
  return importId;
}

async function makeTopic({ platform }: AccessWorld): Promise<string> {
  const [syllabusId, topicId] = [randomUUID(), randomUUID()];
  await platform.pool.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from) values ($1, 'road-transport', $2, '', '', '2024-01-01')`,
    [syllabusId, `大纲 ${syllabusId}`],
  );
  await platform.pool.query(
    `insert into syllabus_topic (id, syllabus_id, code, title_zh, title_en, required_seconds, position)
     values ($1, $2, 'topic', '主题', 'Topic', 600, 1)`,
    [topicId, syllabusId],
  );
  return topicId;
}

const ofImport = async (world: AccessWorld, place: AccessPlace) => ({
  params: { importId: await makeImport(world, place) },
});

/** How the access walk asks the scoped routes of imports and exports. */
export const importAccessSamples: readonly AccessSample[] = [
  {
    route: 'POST /api/question-banks/:bankId/imports',
    build: async (world, place) => ({
      ...(await ofBank(world, place)),
      query: { fileName: '题.txt' },
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from('1、（判断题）雨天应当减速。答案：对'),
    }),
  },
  { route: 'GET /api/question-banks/:bankId/imports', build: ofBank },
  { route: 'GET /api/question-banks/:bankId/import-template', build: ofBank },
  {
    route: 'GET /api/question-banks/:bankId/export',
    build: async (world, place) => ({ ...(await ofBank(world, place)), query: { format: 'text' } }),
  },
  { route: 'GET /api/question-imports/:importId', build: ofImport },
  { route: 'GET /api/question-imports/:importId/rows', build: ofImport },
  { route: 'GET /api/question-imports/:importId/bad-rows', build: ofImport },
  {
    route: 'PUT /api/question-imports/:importId/rows/:position',
    build: async (world, place) => ({
      params: { importId: await makeImport(world, place), position: '0' },
      body: { part: 0, column: 'answer', text: '错' },
    }),
  },
  {
    route: 'POST /api/question-imports/:importId/apply',
    build: async (world, place) => ({ ...(await ofImport(world, place)), body: { expected: 1 } }),
  },
  { route: 'POST /api/question-imports/:importId/drop', build: ofImport },
  {
    route: 'POST /api/question-imports/:importId/undo',
    build: async (world, place) => {
      const importId = await makeImport(world, place);
      await applyImport(teacherOf(world, place), importId, 1);
      return { params: { importId } };
    },
  },
];
