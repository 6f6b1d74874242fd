import { expectThat } from './journey.ts';
import { makeQuestionText } from './exam-text.ts';
import type { Visitor } from './stage.ts';

const QUESTIONS = 1_000;
/** Importing, submitting and approving a thousand questions. */
const MANY_MS = 90_000;

/** A new bank, filled from a text of a thousand questions, which go to review all at once. */
export async function importQuestions(teacher: Visitor, bank: string): Promise<void> {
  const { page } = teacher;
  await teacher.go('/enterprise/bank');
  await page.getByRole('button', { name: '新建题库' }).click();
  await page.getByLabel('名称').fill(bank);
  await page.getByRole('button', { name: '建立' }).click();
  await page.getByText('这里还没有题目').waitFor();
  await page.getByRole('link', { name: '导入题目' }).click();
  await page.getByLabel('没写知识点的题归到').selectOption({ index: 1 });
  const buffer = Buffer.from(makeQuestionText(QUESTIONS));
  await page.locator('input[type=file]').setInputFiles({ name: '里程题.txt', mimeType: 'text/plain', buffer });
  await twice(teacher, `导入 ${QUESTIONS} 道`);
  await page.getByText(`已导入 ${QUESTIONS} 道题`).waitFor({ timeout: MANY_MS });
  await teacher.checkPage('import done');
  await page.getByRole('link', { name: '查看这些题' }).click();
  await chooseAll(teacher);
  await twice(teacher, '送审');
  await page.getByText(`已送审 ${QUESTIONS} 道`).waitFor({ timeout: MANY_MS });
}

/** Another person looks them over. */
export async function approveQuestions(manager: Visitor, bank: string): Promise<void> {
  const { page } = manager;
  await manager.go('/enterprise/bank');
  await page
    .getByRole('combobox')
    .first()
    .selectOption({ label: `${bank} · 道路运输` });
  await chooseAll(manager);
  await twice(manager, `通过 ${QUESTIONS} 道`);
  await page.getByText(`已通过 ${QUESTIONS} 道`).waitFor({ timeout: MANY_MS });
}

async function chooseAll({ page }: Visitor): Promise<void> {
  await page.getByRole('checkbox', { name: '选择已显示的全部题目' }).check();
  await page.getByRole('button', { name: `选择符合条件的全部 ${QUESTIONS} 道` }).click();
  await page.getByText(`已选 ${QUESTIONS} 道`).waitFor({ timeout: MANY_MS });
}

/** A button that asks before it does. */
export async function twice({ page }: Visitor, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click({ timeout: MANY_MS });
  await page.getByRole('group').getByRole('button', { name, exact: true }).click();
}

/** A blueprint of a hundred questions: sixty judgements and forty choices of the imported kind. */
export async function makePlan(teacher: Visitor, title: string): Promise<void> {
  const { page } = teacher;
  await teacher.go('/enterprise/exams/plans/new');
  await page.getByLabel('名称').fill(title);
  await page.getByLabel('考试规则').selectOption({ label: '从业资格理论考试' });
  await fillLine(teacher, 0, '判断', '60');
  await page.getByRole('button', { name: '加一行' }).click();
  await fillLine(teacher, 1, '单选', '40');
  await page
    .getByText(/可以保存/)
    .first()
    .waitFor();
  await teacher.checkPage('plan of a paper');
  await page.getByRole('button', { name: '保存方案' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

async function fillLine({ page }: Visitor, at: number, kind: string, count: string): Promise<void> {
  const line = page.getByRole('group', { name: `第 ${at + 1} 行` });
  await line.getByLabel('知识点').selectOption({ index: 1 });
  await line.getByLabel('题型').selectOption({ label: kind });
  await line.getByLabel('难度').selectOption({ label: '难' });
  await line.getByLabel('题数').fill(count);
  await line.getByLabel('每题').fill('1');
}

/** The next full minute that is at least so far away. */
const fullMinuteAfter = (seconds: number): Date => new Date(Math.ceil((Date.now() + seconds * 1000) / 60_000) * 60_000);
/** As a box of the browser wants it, in China time. */
const chinaBox = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);

export interface PlannedExam {
  readonly examId: string;
  readonly opensAtMs: number;
}

/** An online date that begins in a minute or two, with these people registered by the organiser. */
export async function planExam(
  teacher: Visitor,
  { plan, title, people }: { plan: string; title: string; people: readonly string[] },
): Promise<PlannedExam> {
  const { page } = teacher;
  await teacher.go('/enterprise/exams/new');
  await page.getByLabel('组卷方案').selectOption({ label: `${plan}（100 题）` });
  await page.getByLabel('场次名称').fill(title);
  await page.getByRole('radio', { name: /线上/ }).check();
  const opens = fullMinuteAfter(50);
  await page.getByLabel('开始', { exact: true }).fill(chinaBox(opens));
  await page.getByLabel('结束', { exact: true }).fill(chinaBox(new Date(opens.getTime() + 3 * 3_600_000)));
  await page.getByRole('button', { name: '发布考试' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  for (const name of people) {
    await page.getByLabel('输入完整姓名或证件号').fill(name);
    // The list of before stands until the answer is there.
    await page.waitForFunction(() => document.querySelectorAll('tbody input[type=checkbox]').length === 1);
    await page.getByRole('row').filter({ hasText: '可以登记' }).getByRole('checkbox').check();
    await page.getByRole('button', { name: '登记所选 1 人' }).click();
    await page.getByText('已登记 1 人。').waitFor();
  }
  await teacher.checkPage('exam with candidates');
  const examId = page.url().split('/').at(-1) ?? '';
  expectThat(/^[0-9a-f-]{36}$/.test(examId), `no exam in the address ${page.url()}`);
  return { examId, opensAtMs: opens.getTime() };
}
