import type { QuestionKind } from '@antu/domain';
import type { Platform } from '../../../platform/module.ts';
import { DEMO_ORGANISATIONS } from '../../people/index.ts';
import { createPlan } from '../plans/index.ts';
import { demoContextOf } from './seed-questions.ts';

interface DemoPlan {
  readonly titleZh: string;
  readonly ruleSetId: string;
  readonly isMock: boolean;
  /** Kind, questions, points of each. */
  readonly counts: readonly (readonly [QuestionKind, number, number])[];
}

const ANNUAL = 'road-transport.exam.annual.2020-06-01';
const TWO_KINDS = 'road-transport.exam.two-kinds.2019-07-18';
const SPECIAL = 'work-safety.exam.special-operation-theory.2026-06-01';

/** The bank of work-safety is not large enough for the hundred questions that the rules assume. */
const FIFTY = [
  ['judgement', 25, 2],
  ['single', 20, 2],
  ['multiple', 5, 2],
] as const;
const SEVENTY_FIVE = [
  ['judgement', 30, 1],
  ['single', 30, 1],
  ['multiple', 10, 2],
  ['case', 5, 4],
] as const;

const demoPlans: readonly DemoPlan[] = [
  { titleZh: '两客一危驾驶员年度考核', ruleSetId: ANNUAL, isMock: false, counts: SEVENTY_FIVE },
  { titleZh: '年度考核模拟卷', ruleSetId: ANNUAL, isMock: true, counts: FIFTY },
  { titleZh: '企业负责人和安管人员考核', ruleSetId: TWO_KINDS, isMock: false, counts: SEVENTY_FIVE },
  { titleZh: '特种作业理论考试', ruleSetId: SPECIAL, isMock: false, counts: FIFTY },
  { titleZh: '特种作业模拟卷', ruleSetId: SPECIAL, isMock: true, counts: FIFTY },
];

/** Makes the demo's plans of papers, as its teacher. A plan of the same name, also one out of use, is left alone. */
export async function seedDemoPlans(platform: Platform): Promise<void> {
  const author = await demoContextOf(platform, 'teacher');
  const organisationId = DEMO_ORGANISATIONS.lingxue.id;
  for (const { titleZh, ruleSetId, isMock, counts } of demoPlans) {
    const { rowCount } = await platform.pool.query(
      'select from exam_plan where organisation_id = $1 and title_zh = $2',
      [organisationId, titleZh],
    );
    if (rowCount !== 0) continue;
    await createPlan(author, {
      organisationId,
      titleZh,
      ruleSetId,
      isMock,
      posts: [],
      lines: counts.map(([kind, count, points]) => ({
        topicId: null,
        kind,
        difficulty: null,
        count,
        centipoints: points * 100,
      })),
      picked: null,
      shuffleQuestions: true,
      shuffleOptions: true,
    });
  }
}
