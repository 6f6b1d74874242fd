import type { SchemeCode } from '@antu/domain';
import { transaction } from '../../../platform/database/pool.ts';
import type { Platform } from '../../../platform/module.ts';
import { actingContext } from '../../courses/index.ts';
import { DEMO_ACCOUNTS, DEMO_ORGANISATIONS, demoId } from '../../people/index.ts';
import { type BankContext, createQuestions, type NewQuestion } from '../bank/index.ts';
import { readDemoQuestions } from './read-questions.ts';

/** Every fifth question is kept for formal exams and never practised. */
const KEPT_EVERY = 5;

interface DemoBank {
  readonly titleZh: string;
  readonly scheme: SchemeCode;
  readonly openForPractice: boolean;
  readonly items: readonly NewQuestion[];
}

/**
 * Writes the demo's question banks, written by the teacher and looked over by the body's manager: for each scheme one that is open
 * for practice and a small one kept for formal exams. A bank that is there already is left alone.
 */
export async function seedDemoQuestions(platform: Platform): Promise<void> {
  const author = await demoContextOf(platform, 'teacher');
  const reviewer = await demoContextOf(platform, 'trainer');
  for (const bank of await readBanks()) await seedBank(author, reviewer.actor.accountId, bank);
}

/** Id of a demo bank, so that other demo data can name it. */
export const demoBankId = (scheme: SchemeCode, use: 'practice' | 'formal'): string =>
  demoId(`question-bank/${scheme}/${use}`);

async function readBanks(): Promise<DemoBank[]> {
  const files = await readDemoQuestions();
  const all = files.flatMap((file) =>
    file.questions.map(({ question, ...facts }): NewQuestion => {
      const { scheme, validFrom } = file;
      const topicId = demoId(`topic/${file.syllabus}/${file.topic}`);
      return { question, facts: { ...facts, scheme, topicId, posts: [], validFrom, validUntil: null } };
    }),
  );
  const isKept = (index: number): boolean => index % KEPT_EVERY === KEPT_EVERY - 1;
  return (['road-transport', 'work-safety'] as const).flatMap((scheme): DemoBank[] => {
    const name = scheme === 'road-transport' ? '道路运输' : '安全生产';
    const items = all.filter(({ facts }) => facts.scheme === scheme);
    return [
      { scheme, titleZh: `${name}练习题库`, openForPractice: true, items: items.filter((_, index) => !isKept(index)) },
      {
        scheme,
        titleZh: `${name}考试专用题库`,
        openForPractice: false,
        items: items.filter((_, index) => isKept(index)),
      },
    ];
  });
}

async function seedBank(author: BankContext, approvedBy: string, bank: DemoBank): Promise<void> {
  const bankId = demoBankId(bank.scheme, bank.openForPractice ? 'practice' : 'formal');
  await transaction(author.pool, async (tx) => {
    const { rowCount } = await tx.query(
      `insert into question_bank (id, organisation_id, scheme, title_zh, open_for_practice, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [
        bankId,
        DEMO_ORGANISATIONS.lingxue.id,
        bank.scheme,
        bank.titleZh,
        bank.openForPractice,
        author.actor.accountId,
        author.now(),
      ],
    );
    if (rowCount === 1) await createQuestions(tx, author, bankId, bank.items, null, { approvedBy });
  });
}

/** A context of somebody of the demo, by login. */
export async function demoContextOf(platform: Platform, login: string): Promise<BankContext> {
  const account = DEMO_ACCOUNTS.find((each) => each.login === login);
  const { rows } = await platform.pool.query<{ account_id: string }>(
    'select account_id from login_name where name = $1',
    [login],
  );
  const [row] = rows;
  if (!account || !row) throw new Error(`the demo has no account ${login}`);
  const { id: organisationId, regionCode } = DEMO_ORGANISATIONS[account.organisation];
  return actingContext(platform, { accountId: row.account_id, role: account.role, organisationId, regionCode }, 'seed');
}
