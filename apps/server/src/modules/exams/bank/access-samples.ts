import { randomUUID } from 'node:crypto';
import type { Question } from '@antu/domain';
import sharp from 'sharp';
import { transaction } from '../../../platform/database/pool.ts';
import type { AccessPlace, AccessSample, AccessWorld } from '../../../platform/testing/access-sample.ts';
import { actingContext } from '../../courses/index.ts';
import type { BankContext } from './context.ts';
import { createQuestions } from './create-questions.ts';
import { storeQuestionFile } from './files/store-file.ts';
import { createBank } from './manage-banks.ts';
import { submitQuestions } from './move-versions.ts';

interface Written {
  readonly bankId: string;
  readonly questionId: string;
  readonly versionId: string;
  readonly topicId: string;
}

const question = {
  kind: 'judgement',
  stem: '雨天路滑，应当减速行驶。',
  files: [],
  answer: true,
} as const satisfies Question;

const factsWith = (topicId: string) => ({
  topicId,
  posts: [],
  difficulty: 1 as const,
  clause: '道路交通安全法第四十二条',
  explanation: '雨天附着力下降。',
  validFrom: '2024-01-01',
  validUntil: null,
  exclusionGroup: null,
});

const ofBank = async (world: AccessWorld, place: AccessPlace) => {
  const { bankId } = await write(world, place);
  return { params: { bankId } };
};
const versionsOf = ({ versionId }: Written) => [{ versionId, revision: 1 }];

/** How the access walk asks the scoped routes of the question bank. */
export const bankAccessSamples: readonly AccessSample[] = [
  {
    route: 'GET /api/question-banks',
    build: async (world, place) => {
      await write(world, place);
      return {};
    },
    showsNothing: (answer, place) =>
      (answer as { items: { organisation: { id: string } }[] }).items.every(
        ({ organisation }) => organisation.id !== place.bodyId,
      ),
  },
  {
    route: 'POST /api/question-banks',
    build: (_world, place) => ({
      body: { organisationId: place.bodyId, scheme: 'road-transport', titleZh: `题库 ${randomUUID()}` },
    }),
  },
  { route: 'GET /api/question-banks/:bankId/questions', build: ofBank },
  { route: 'GET /api/question-banks/:bankId/duplicates', build: ofBank },
  {
    route: 'POST /api/question-banks/:bankId/similar',
    build: async (world, place) => ({ ...(await ofBank(world, place)), body: { question } }),
  },
  {
    route: 'POST /api/question-banks/:bankId/questions',
    build: async (world, place) => {
      const { bankId, topicId } = await write(world, place);
      return { params: { bankId }, body: { question, facts: factsWith(topicId) } };
    },
  },
  {
    route: 'GET /api/questions/:questionId',
    build: async (world, place) => ({ params: { questionId: (await write(world, place)).questionId } }),
  },
  {
    route: 'PUT /api/questions/:questionId',
    build: async (world, place) => {
      const { questionId, topicId, versionId } = await write(world, place);
      return { params: { questionId }, body: { question, facts: factsWith(topicId), versionId, revision: 1 } };
    },
  },
  {
    route: 'POST /api/question-banks/:bankId/submissions',
    build: async (world, place) => {
      const written = await write(world, place);
      return { params: { bankId: written.bankId }, body: { versions: versionsOf(written) } };
    },
  },
  {
    route: 'POST /api/question-banks/:bankId/take-backs',
    build: async (world, place) => {
      const written = await submitted(world, place);
      return { params: { bankId: written.bankId }, body: { versions: versionsOf(written) } };
    },
  },
  {
    route: 'POST /api/question-banks/:bankId/reviews',
    build: async (world, place) => {
      const written = await submitted(world, place);
      const body = { versions: versionsOf(written), decision: 'approved', comment: '' };
      return { params: { bankId: written.bankId }, body };
    },
  },
  {
    route: 'POST /api/question-banks/:bankId/retirements',
    build: async (world, place) => {
      const { bankId, questionId } = await write(world, place);
      return { params: { bankId }, body: { which: { questionIds: [questionId] }, reason: '法规已修订' } };
    },
  },
  {
    route: 'PUT /api/question-banks/:bankId/practice',
    build: async (world, place) => ({ ...(await ofBank(world, place)), body: { open: true } }),
  },
  {
    route: 'POST /api/question-files',
    build: async (_world, place) => ({
      query: { organisationId: place.bodyId },
      headers: { 'content-type': 'application/octet-stream' },
      body: await picture(),
    }),
  },
  {
    route: 'GET /api/question-files/:fileId',
    build: async (world, place) => {
      const { id } = await storeQuestionFile(writerOf(world, place), place.bodyId, await picture());
      return { params: { fileId: id } };
    },
  },
];

const writerOf = (world: AccessWorld, place: AccessPlace): BankContext =>
  actingContext(
    world.platform,
    // Not the teacher who asks: somebody else's questions can be reviewed.
    { accountId: randomUUID(), role: 'teacher', organisationId: place.bodyId, regionCode: place.regionCode },
    'access-walk',
  );

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#1a7f72' } })
    .png()
    .toBuffer();

async function write(world: AccessWorld, place: AccessPlace): Promise<Written> {
  const ctx = writerOf(world, place);
  const topicId = await makeTopic(world);
  const bank = await createBank(ctx, {
    organisationId: place.bodyId,
    scheme: 'road-transport',
    titleZh: `题库 ${randomUUID()}`,
  });
  const items = [{ question, facts: { ...factsWith(topicId), scheme: 'road-transport' as const } }];
  const [created] = await transaction(ctx.pool, (tx) => createQuestions(tx, ctx, bank.id, items, null));
  return { bankId: bank.id, topicId, questionId: created?.questionId ?? '', versionId: created?.versionId ?? '' };
}

/** A question of the place that papers may draw. @returns its topic */
export async function writeApprovedQuestion(world: AccessWorld, place: AccessPlace): Promise<{ topicId: string }> {
  const ctx = writerOf(world, place);
  const topicId = await makeTopic(world);
  const titleZh = `题库 ${randomUUID()}`;
  const bank = await createBank(ctx, { organisationId: place.bodyId, scheme: 'road-transport', titleZh });
  const items = [{ question, facts: { ...factsWith(topicId), scheme: 'road-transport' as const } }];
  const approvedBy = place.teacherAccountId;
  await transaction(ctx.pool, (tx) => createQuestions(tx, ctx, bank.id, items, null, { approvedBy }));
  return { topicId };
}

async function submitted(world: AccessWorld, place: AccessPlace): Promise<Written> {
  const written = await write(world, place);
  await submitQuestions(writerOf(world, place), written.bankId, versionsOf(written));
  return written;
}

async function makeTopic({ platform }: AccessWorld): Promise<string> {
  const [syllabusId, topicId] = [randomUUID(), randomUUID()];
  await platform.pool.query(
    `insert into syllabus (id, scheme, title_zh, title_en, source, valid_from)
     values ($1, 'road-transport', $2, '', '', '2024-01-01')`,
    [syllabusId, `大纲 ${syllabusId}`],
  );
  await platform.pool.query(
    `insert into syllabus_topic (id, syllabus_id, code, title_zh, title_en, required_seconds, position)
     values ($1, $2, 'topic', '主题', '', 60, 1)`,
    [topicId, syllabusId],
  );
  return topicId;
}
