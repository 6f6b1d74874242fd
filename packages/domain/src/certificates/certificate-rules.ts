import { type Limit, limitsBy } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';

/** What a training certificate (培训证明, 结业证书) asks for, already picked out of a rule set. */
export interface CertificateLimits {
  /** Every creditable second of the course is credited. */
  readonly wholeCourse: boolean;
  /** Every quiz of a lesson is passed. */
  readonly quizzes: boolean;
  /** An exam that the body holds over the course is passed. Without such an exam nothing is asked. */
  readonly heldExam: boolean;
  /** Nothing of the study waits for people: neither a suspicion nor a check of who it was. */
  readonly nothingUnderReview: boolean;
}

export interface CertificateRuleSet {
  readonly id: string;
  readonly scheme: SchemeCode;
  readonly regionPrefix: string;
  /** China day. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof CertificateLimits]: Limit<CertificateLimits[Name]> };
}

const OPERATION = 'no public text; chosen for operation';
const ITEMS_12_13 = '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 12, 13: 学习证明、学时记录和测试结果';
const ITEM_11 = '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 11: 培训及测试全流程覆盖';

const { stated, assumed } = limitsBy(OPERATION);

const common: CertificateRuleSet['limits'] = {
  wholeCourse: assumed(true),
  quizzes: assumed(true),
  heldExam: assumed(true),
  nothingUnderReview: assumed(true),
};
const national = (scheme: SchemeCode, validFrom: string): CertificateRuleSet => ({
  id: `${scheme}.certificate.${validFrom}`,
  scheme,
  regionPrefix: '',
  validFrom,
  limits: common,
});

export const certificateRuleSets: readonly CertificateRuleSet[] = [
  national('road-transport', '2019-07-01'),
  national('driver-licence', '2019-07-01'),
  national('work-safety', '2019-07-01'),
  {
    ...national('work-safety', '2022-01-01'),
    id: 'work-safety.certificate.guangdong.2022-01-01',
    regionPrefix: '44',
    limits: { ...common, wholeCourse: stated(true, ITEMS_12_13), quizzes: stated(true, ITEM_11) },
  },
];

/** The rules of a scheme in a region on a China day: the most specific region, then the youngest. Undefined before there were any. */
export function findCertificateRuleSet(
  scheme: string,
  regionCode: string,
  day: string,
  table: readonly CertificateRuleSet[] = certificateRuleSets,
): CertificateRuleSet | undefined {
  return table
    .filter((one) => one.scheme === scheme && regionCode.startsWith(one.regionPrefix) && one.validFrom <= day)
    .toSorted((a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom))[0];
}

/** The bare values of a rule set. */
export const certificateLimitsOf = ({ limits }: CertificateRuleSet): CertificateLimits => ({
  wholeCourse: limits.wholeCourse.value,
  quizzes: limits.quizzes.value,
  heldExam: limits.heldExam.value,
  nothingUnderReview: limits.nothingUnderReview.value,
});
