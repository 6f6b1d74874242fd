import { addMonths } from '../recognition/training-cycle.ts';
import type { Limit } from '../study/limits.ts';

/** What stands in the archive of a person. */
export const archiveKinds = ['employment', 'study', 'check', 'quiz', 'exam', 'document', 'correction'] as const;
export type ArchiveKind = (typeof archiveKinds)[number];

/** How long entries are kept at least. */
export interface RetentionRuleSet {
  readonly id: string;
  /** Null: every scheme, also what belongs to none. */
  readonly scheme: string | null;
  readonly regionPrefix: string;
  /** First China day of an entry for which it holds. */
  readonly validFrom: string;
  readonly keptMonths: Limit<number>;
}

export const retentionRuleSets: readonly RetentionRuleSet[] = [
  {
    id: 'archive.2020-01-01',
    scheme: null,
    regionPrefix: '',
    validFrom: '2020-01-01',
    keptMonths: {
      value: 36,
      certainty: 'stated',
      source: '广东省道路运输从业人员安全素质三年行动 (2020–2022): 培训档案保存不少于 36 个月',
    },
  },
  {
    id: 'work-safety.archive.guangdong.2022-07-01',
    scheme: 'work-safety',
    regionPrefix: '44',
    validFrom: '2022-07-01',
    keptMonths: {
      value: 24 + 72,
      certainty: 'stated',
      source: '广东省应急管理厅 网络培训平台承诺书 (2022): 在线不少于 24 个月, 离线不少于 72 个月',
    },
  },
  {
    id: 'work-safety.archive.jiangxi.2024-03-25',
    scheme: 'work-safety',
    regionPrefix: '36',
    validFrom: '2024-03-25',
    keptMonths: {
      value: 72,
      certainty: 'verified',
      source: '江西省三项岗位人员线上培训办法 (试行, 2024): 特种作业不少于 6 年, the longest of its numbers',
    },
  },
];

/**
 * The last China day on which an entry has to be there, by the rule that keeps it longest; undefined: no rule is known. The day
 * on which the months are full counts too: rather a day too long than one too short.
 */
export function keptUntil(
  entry: { readonly scheme: string | null; readonly regionCode: string; readonly day: string },
  table: readonly RetentionRuleSet[] = retentionRuleSets,
): { readonly day: string; readonly ruleSetId: string } | undefined {
  return table
    .filter(
      (one) =>
        (one.scheme === null || one.scheme === entry.scheme) &&
        entry.regionCode.startsWith(one.regionPrefix) &&
        one.validFrom <= entry.day,
    )
    .map((one) => ({ day: addMonths(entry.day, one.keptMonths.value), ruleSetId: one.id }))
    .toSorted((a, b) => b.day.localeCompare(a.day))[0];
}
