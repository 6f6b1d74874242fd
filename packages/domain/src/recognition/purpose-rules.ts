import { type Limit, limitsBy } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';

/** What hours can be good for. One hour may count for several. */
export const trainingPurposes = [
  'continuing-education',
  'post-training',
  'safety-initial',
  'safety-annual',
  'safety-managers',
  'special-operation-review',
] as const;
export type TrainingPurpose = (typeof trainingPurposes)[number];

/** The numbers of one purpose. Units in the names. */
export interface PurposeLimits {
  readonly requiredHours: number;
  /** One 学时. */
  readonly studyHourSeconds: number;
  /** Null: once, without a cycle. */
  readonly cycleMonths: number | null;
  /** First day of some cycle. */
  readonly cycleAnchor: string;
  /** Topics that count, by their codes; null: every topic of the scheme. */
  readonly topicCodes: readonly string[] | null;
  /** Least share of `shareTopicCodes` in all that counts; null: no such rule. */
  readonly sharePercent: number | null;
  readonly shareTopicCodes: readonly string[];
}

export interface PurposeRuleSet {
  readonly id: string;
  readonly purpose: TrainingPurpose;
  readonly titleZh: string;
  readonly titleEn: string;
  /** Whose hours count: the scheme under which they were credited. */
  readonly scheme: SchemeCode;
  readonly regionPrefix: string;
  /** China day. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof PurposeLimits]: Limit<PurposeLimits[Name]> };
}

const OPERATION = 'no public text; chosen for operation';
const OUTLINE = 'the outline of continuing education is not public: every topic of the scheme is taken';
const CONTINUING = '道路运输驾驶员继续教育办法: 24 学时 in 2 years';
const PLAN = '广东省道路运输从业人员安全素质三年行动 (2020–2022): 安全驾驶技能 ≥ 50 %';
const ORDER_3 = '总局令第 3 号《生产经营单位安全培训规定》';
const ORDER_30 = '总局令第 30 号: review every 3 years; hours of the training not read in a public text';
const ORDER_19 = '应急管理部令第 19 号, in force from 2026-06-01: text not public, the numbers of before taken';

const { stated, verified, assumed, unknown } = limitsBy(OPERATION);

const common: Omit<PurposeRuleSet['limits'], 'requiredHours'> = {
  studyHourSeconds: assumed(45 * 60),
  cycleMonths: assumed(12, 'yearly, by the calendar year'),
  cycleAnchor: assumed('2020-01-01'),
  topicCodes: assumed(null),
  sharePercent: assumed(null),
  shareTopicCodes: assumed([]),
};

export const purposeRuleSets: readonly PurposeRuleSet[] = [
  {
    id: 'road-transport.continuing-education.2011-03-01',
    purpose: 'continuing-education',
    titleZh: '道路运输驾驶员继续教育',
    titleEn: 'Continuing education of road transport drivers',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2011-03-01',
    limits: {
      ...common,
      requiredHours: verified(24, CONTINUING),
      cycleMonths: verified(24, CONTINUING),
      topicCodes: unknown(null, OUTLINE),
    },
  },
  {
    id: 'road-transport.post-training.guangdong.2020-04-01',
    purpose: 'post-training',
    titleZh: '年度适岗培训',
    titleEn: 'Yearly training for the post',
    scheme: 'road-transport',
    regionPrefix: '44',
    validFrom: '2020-04-01',
    limits: {
      ...common,
      requiredHours: unknown(12, 'the plan names no hours; half of those of continuing education taken'),
      sharePercent: stated(50, PLAN),
      shareTopicCodes: assumed(['safe-driving-skill'], 'which topics are driving skill is said by their codes'),
    },
  },
  {
    id: 'work-safety.safety-initial.2006-03-01',
    purpose: 'safety-initial',
    titleZh: '安全生产岗前培训（高危行业）',
    titleEn: 'Safety training before work (high risk)',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2006-03-01',
    limits: { ...common, requiredHours: verified(72, ORDER_3), cycleMonths: verified(null, ORDER_3) },
  },
  {
    id: 'work-safety.safety-annual.2006-03-01',
    purpose: 'safety-annual',
    titleZh: '安全生产年度再培训（高危行业）',
    titleEn: 'Yearly safety training (high risk)',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2006-03-01',
    limits: { ...common, requiredHours: verified(20, ORDER_3) },
  },
  {
    id: 'work-safety.safety-managers.2006-03-01',
    purpose: 'safety-managers',
    titleZh: '主要负责人和安全管理人员年度再培训（高危行业）',
    titleEn: 'Yearly training of those in charge of safety (high risk)',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2006-03-01',
    limits: { ...common, requiredHours: verified(16, ORDER_3) },
  },
  {
    id: 'work-safety.special-operation-review.2010-07-01',
    purpose: 'special-operation-review',
    titleZh: '特种作业复审培训',
    titleEn: 'Review training for special operations',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2010-07-01',
    limits: { ...common, requiredHours: unknown(8, ORDER_30), cycleMonths: verified(36, ORDER_30) },
  },
  {
    id: 'work-safety.special-operation-review.2026-06-01',
    purpose: 'special-operation-review',
    titleZh: '特种作业复审培训',
    titleEn: 'Review training for special operations',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2026-06-01',
    limits: { ...common, requiredHours: unknown(8, ORDER_19), cycleMonths: unknown(36, ORDER_19) },
  },
];

/** The rules of every purpose that exists in a region on a China day: the most specific region, then the youngest. */
export function findPurposeRuleSets(
  regionCode: string,
  day: string,
  table: readonly PurposeRuleSet[] = purposeRuleSets,
): PurposeRuleSet[] {
  const inForce = table
    .filter((one) => regionCode.startsWith(one.regionPrefix) && one.validFrom <= day)
    .toSorted((a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom));
  return trainingPurposes.flatMap((purpose) => inForce.find((one) => one.purpose === purpose) ?? []);
}
