import { expectThat, type Journey } from '../lib/journey.ts';
import { approveQuestions, importQuestions, makePlan, planExam } from '../lib/plan-exam.ts';
import { answeredOf, answerQuestions, confirmOnSite, enterExam, goOn, handIn } from '../lib/sit-exam.ts';
import { desktop, phone, type Stage, type Visitor } from '../lib/stage.ts';

/** A product that was walked through before has a bank of the same name. */
const round = new Date().toISOString().slice(11, 19);
const BANK = `里程题库 ${round}`;
const PLAN = `里程方案 ${round}`;
/** Names as the invigilator sees them. */
const [DRIVER, OTHER, CHEAT] = ['林**', '黄**', '何**'];
const OFFLINE_MS = 120_000;

/** A thousand questions become papers; three people sit, one loses the net and one is caught; one appeals and sits again. */
export const examJourney: Journey = {
  name: 'exam: import, plan, sit on phone and laptop, lose the net, be voided, appeal, sit again',
  limitMs: 900_000,
  walk: async (stage) => {
    const [teacher, manager] = [await stage.visitor(desktop), await stage.visitor(desktop)];
    await teacher.comeBack('/enterprise/', 'teacher');
    await manager.comeBack('/enterprise/', 'trainer');
    await importQuestions(teacher, BANK);
    await approveQuestions(manager, BANK);
    await makePlan(teacher, PLAN);
    const first = await planExam(teacher, {
      plan: PLAN,
      title: '里程考试第一场',
      people: ['林守诚', '黄远舟', '何慎之'],
    });

    const [driver, other, cheat] = [
      await stage.visitor(phone),
      await stage.visitor(desktop),
      await stage.visitor(phone),
    ];
    await driver.comeBack('/', 'driver');
    await other.comeBack('/', 'driver-sz');
    await cheat.comeBack('/', 'chemworker');
    await teacher.go(`/enterprise/exams/${first.examId}/board`);
    for (const name of [DRIVER, OTHER, CHEAT]) await confirmOnSite(teacher, name);
    await Promise.all([driver, other, cheat].map((one) => enterExam(one, first.examId)));
    await answerQuestions(driver, 20, true);
    await driver.checkPage('exam desk');
    await driver.keepScreen('learner-exam-desk');
    await caught(teacher, cheat);
    await withoutNet(driver, async () => {
      await answerQuestions(other, 100, false);
      expectThat(!(await handIn(other)), 'everything was wrong and it was passed');
    });
    await onAnotherDevice(stage, teacher, driver, first.examId);
    await appeal(other, manager);
    await again(teacher, other);
  },
};

/** The invigilator declares a sitting void: the candidate reads why at once. */
async function caught(teacher: Visitor, cheat: Visitor): Promise<void> {
  await answerQuestions(cheat, 3, true);
  await teacher.page.getByRole('button', { name: `处理 ${CHEAT}` }).click();
  await teacher.page.getByLabel('原因（考生会看到）').fill('由他人在旁提示答案');
  await teacher.page.getByRole('button', { name: '作废这次考试' }).click();
  await teacher.page.getByRole('group').getByRole('button', { name: '作废这次考试' }).click();
  await teacher.page.getByRole('row').filter({ hasText: CHEAT }).getByText('已作废').waitFor();
  await teacher.keepScreen('enterprise-exam-board-running');
  await goOn(cheat);
  await answerQuestions(cheat, 1, true);
  await cheat.page.getByText('这次考试被监考员中止了').waitFor({ timeout: 40_000 });
  await cheat.page.getByRole('button', { name: '看成绩' }).click();
  await cheat.page.getByText('由他人在旁提示答案').waitFor();
  await cheat.checkPage('voided result');
}

/** Two minutes without a net: answers are kept on the phone and arrive in order. */
async function withoutNet(driver: Visitor, meanwhile: () => Promise<void>): Promise<void> {
  const { page, context } = driver;
  await goOn(driver);
  await context.setOffline(true);
  const goneAtMs = Date.now();
  await answerQuestions(driver, 10, true);
  await page
    .getByText(/网络断了，您接着答/)
    .first()
    .waitFor({ timeout: 30_000 });
  await driver.keepScreen('learner-exam-offline');
  await meanwhile();
  await page.waitForTimeout(Math.max(0, goneAtMs + OFFLINE_MS - Date.now()));
  await context.setOffline(false);
  await page
    .getByText(/网络断了/)
    .first()
    .waitFor({ state: 'hidden', timeout: 60_000 });
}

/** The phone's battery is low: the laptop goes on with what is saved, after the invigilator has looked again. */
async function onAnotherDevice(stage: Stage, teacher: Visitor, driver: Visitor, examId: string): Promise<void> {
  await teacher.page.waitForTimeout(4_000);
  expectThat((await answeredOf(teacher, DRIVER)) === 30, 'the board does not have the thirty answers');
  const laptop = await stage.visitor(desktop);
  await laptop.signIn('/', 'driver');
  await laptop.go(`/exams/${examId}/room`);
  await laptop.page.getByRole('button', { name: '开始考试' }).click();
  await laptop.page.getByRole('button', { name: '在这台设备接着考' }).click();
  await laptop.page.locator('.desk__place b').waitFor({ timeout: 30_000 });
  // The phone is still open: what is given on it now comes too late, and it says where the exam goes on.
  await goOn(driver);
  await answerQuestions(driver, 1, false);
  await driver.page
    .getByText(/考试在另一台设备上/)
    .first()
    .waitFor({ timeout: 60_000 });
  await laptop.page
    .getByRole('button', { name: /^第 31 题/ })
    .first()
    .click();
  await answerQuestions(laptop, 70, true);
  expectThat(await handIn(laptop), 'a hundred right answers were not enough');
  await laptop.checkPage('result');
  await laptop.keepScreen('learner-exam-result');
}

/** Whoever failed doubts the result; another person than the one who wrote the questions answers. */
async function appeal(other: Visitor, manager: Visitor): Promise<void> {
  await other.page.getByRole('button', { name: '申诉', exact: true }).click();
  await other.page.getByLabel('哪里不对').fill('第三题的里程我算的不一样');
  await other.page.getByRole('button', { name: '提交申诉' }).click();
  await other.page.getByText('等待答复').first().waitFor();
  const { page } = manager;
  await manager.go('/enterprise/exams/appeals');
  await page
    .getByRole('button', { name: /^处理 黄/ })
    .first()
    .click();
  await page.getByText('第三题的里程我算的不一样').first().waitFor();
  await manager.checkPage('appeal');
  await manager.keepScreen('enterprise-exam-appeal');
  await page.getByRole('radio', { name: /不同意/ }).check();
  await page.getByLabel('答复（考生会看到）').fill('逐题核对过，里程按速度乘时间计算，标准答案无误');
  await page.getByRole('button', { name: '答复申诉' }).click();
  await page.getByRole('button', { name: '答复申诉' }).waitFor({ state: 'hidden' });
  await other.page.reload();
  await other.page.getByText('标准答案无误').waitFor();
}

/** There is no wait: the next date is sat, and passed. */
async function again(teacher: Visitor, other: Visitor): Promise<void> {
  const second = await planExam(teacher, { plan: PLAN, title: '里程考试补考', people: ['黄远舟'] });
  await teacher.go(`/enterprise/exams/${second.examId}/board`);
  await confirmOnSite(teacher, OTHER);
  await enterExam(other, second.examId);
  await answerQuestions(other, 100, true);
  expectThat(await handIn(other), 'everything was right and it was not passed');
}
