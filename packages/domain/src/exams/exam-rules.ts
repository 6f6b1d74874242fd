import { limitsBy } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';
import type { ExamLimits, ExamRuleSet } from './exam-limits.ts';

const OPERATION = 'no public text; chosen for operation';
const TWO_KINDS = '道路运输企业主要负责人和安全生产管理人员安全考核管理办法 (2019)';
const ORDER_30 = '特种作业人员安全技术培训考核管理规定 (原国家安全监管总局令第30号)';
const ORDER_19 = '应急管理部令第19号 (2026-06-01): text not public here, the numbers of the rule before';
const QUALIFICATION = '道路运输从业人员管理规定: usual practice, no public text gives the number';
const ANNUAL = '广东省道路运输从业人员安全宣教平台的通知 (2020): every fourth quarter, numbers not given';
const ANNUAL_STATED = '广东省道路运输从业人员安全宣教平台的通知 (2020): 每年第四季度 … 安全文明驾驶承诺电子签名';
const COMPLETION = '结业考核: the outline asks for it, numbers not given';
const ITEM_11 = '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 11: 培训及测试全流程覆盖';

const { stated, verified, assumed, unknown } = limitsBy(OPERATION);

const common: ExamRuleSet['limits'] = {
  durationSeconds: unknown(90 * 60),
  totalPoints: assumed(100),
  passPoints: unknown(80),
  questions: unknown(null),
  judgementQuestions: unknown(null),
  singleQuestions: unknown(null),
  multipleScoring: assumed('all-or-nothing'),
  mostAttempts: unknown(null),
  voidedCounts: assumed(false),
  resitWaitDays: unknown(0),
  firstMonth: assumed(1),
  lastMonth: assumed(12),
  pledge: assumed(false),
  identityAtStart: assumed(true),
  // An employer has an interest in the result of its people: who holds the exam says who sits there.
  codesFrom: assumed('invigilators'),
  // A room is checked from the drawing of the papers on, so that not everybody stands before the camera at the bell.
  identityFreshSeconds: assumed(1_200),
  snapshotGapSeconds: assumed(600),
  snapshotWaitSeconds: assumed(90),
  mostLeaves: assumed(3),
  bookingEndsSeconds: assumed(3_600),
  freezeSeconds: assumed(900),
  lateGraceSeconds: assumed(120),
  appealDays: assumed(7),
  itemReview: assumed('points'),
};

const specialOperation = (id: string, validFrom: string, numbers: Partial<ExamRuleSet['limits']>): ExamRuleSet => ({
  id,
  exam: 'special-operation-theory',
  nameZh: '特种作业理论考试',
  nameEn: 'Special operations, theory',
  scheme: 'work-safety',
  regionPrefix: '',
  validFrom,
  limits: { ...common, identityAtStart: stated(true, ITEM_11), ...numbers },
});

/** Of the numbers that no public text gives, the table says so: the administrator sees it and puts in the right one. */
export const examRuleSets: readonly ExamRuleSet[] = [
  {
    id: 'road-transport.exam.two-kinds.2019-07-18',
    exam: 'two-kinds',
    nameZh: '主要负责人和安全生产管理人员安全考核',
    nameEn: 'Managers and safety staff of transport companies',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2019-07-18',
    limits: {
      ...common,
      durationSeconds: verified(90 * 60, TWO_KINDS),
      totalPoints: verified(100, TWO_KINDS),
      passPoints: verified(80, TWO_KINDS),
    },
  },
  {
    id: 'road-transport.exam.qualification.2019-07-01',
    exam: 'qualification',
    nameZh: '从业资格理论考试',
    nameEn: 'Driver qualification, theory',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2019-07-01',
    limits: {
      ...common,
      durationSeconds: assumed(90 * 60, QUALIFICATION),
      passPoints: assumed(80, QUALIFICATION),
      questions: assumed(100, QUALIFICATION),
    },
  },
  {
    id: 'road-transport.exam.dangerous-goods.2019-07-01',
    exam: 'dangerous-goods',
    nameZh: '危险货物运输从业资格理论考试',
    nameEn: 'Dangerous goods staff, theory',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2019-07-01',
    limits: {
      ...common,
      durationSeconds: assumed(90 * 60, QUALIFICATION),
      passPoints: assumed(90, QUALIFICATION),
      questions: assumed(100, QUALIFICATION),
    },
  },
  {
    id: 'road-transport.exam.annual.2020-06-01',
    exam: 'annual',
    nameZh: '两客一危驾驶员年度安全素质考核',
    nameEn: 'Yearly exam of coach and dangerous-goods drivers',
    scheme: 'road-transport',
    regionPrefix: '44',
    validFrom: '2020-06-01',
    limits: {
      ...common,
      durationSeconds: unknown(60 * 60, ANNUAL),
      passPoints: unknown(80, ANNUAL),
      firstMonth: stated(10, ANNUAL_STATED),
      lastMonth: stated(12, ANNUAL_STATED),
      pledge: stated(true, ANNUAL_STATED),
      itemReview: assumed('all'),
    },
  },
  specialOperation('work-safety.exam.special-operation-theory.2010-07-01', '2010-07-01', {
    durationSeconds: assumed(120 * 60, ORDER_30),
    passPoints: assumed(80, ORDER_30),
    questions: assumed(100, ORDER_30),
    judgementQuestions: assumed(70, ORDER_30),
    singleQuestions: assumed(30, ORDER_30),
    mostAttempts: assumed(2, ORDER_30),
  }),
  specialOperation('work-safety.exam.special-operation-theory.2026-06-01', '2026-06-01', {
    durationSeconds: unknown(120 * 60, ORDER_19),
    passPoints: unknown(80, ORDER_19),
    questions: unknown(100, ORDER_19),
    judgementQuestions: unknown(70, ORDER_19),
    singleQuestions: unknown(30, ORDER_19),
    mostAttempts: unknown(2, ORDER_19),
  }),
  {
    id: 'driver-licence.exam.completion.2022-04-01',
    exam: 'completion',
    nameZh: '驾驶培训结业考核',
    nameEn: 'Completion of driver training',
    scheme: 'driver-licence',
    regionPrefix: '',
    validFrom: '2022-04-01',
    limits: {
      ...common,
      durationSeconds: unknown(45 * 60, COMPLETION),
      passPoints: unknown(90, COMPLETION),
      questions: unknown(100, COMPLETION),
      itemReview: assumed('all'),
    },
  },
];

/** For each exam of a scheme the rule set in force in a region on a China day: the most specific region, then the youngest. */
export function findExamRuleSets(
  scheme: SchemeCode,
  regionCode: string,
  day: string,
  table: readonly ExamRuleSet[] = examRuleSets,
): ExamRuleSet[] {
  const inForce = table.filter(
    (one) => one.scheme === scheme && regionCode.startsWith(one.regionPrefix) && one.validFrom <= day,
  );
  return [...Map.groupBy(inForce, (one) => one.exam).values()].flatMap(
    (versions) =>
      versions.toSorted(
        (a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom),
      )[0] ?? [],
  );
}

/** A rule set by the name that a stored result carries; throws RangeError for a name that never existed. */
export function getExamRuleSet(id: string, table: readonly ExamRuleSet[] = examRuleSets): ExamRuleSet {
  const found = table.find((one) => one.id === id);
  if (!found) throw new RangeError(`no exam rule set ${id}`);
  return found;
}

/** Every request of a candidate asks for them several times: a rule set is taken apart once. */
const bareLimits = new WeakMap<ExamRuleSet, ExamLimits>();

/** The bare numbers of a rule set. */
export function examLimitsOf(ruleSet: ExamRuleSet): ExamLimits {
  const known = bareLimits.get(ruleSet);
  if (known) return known;
  const bare = Object.entries(ruleSet.limits).map(([name, { value }]) => [name, value]);
  const limits = Object.freeze(Object.fromEntries(bare)) as unknown as ExamLimits;
  bareLimits.set(ruleSet, limits);
  return limits;
}
