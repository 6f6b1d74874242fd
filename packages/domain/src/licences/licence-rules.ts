import { type Limit, limitsBy } from '../study/limits.ts';
import type { LicenceCategory } from './licence-categories.ts';

/** The numbers of a qualification licence, already picked out of a rule set. Units in the names. */
export interface LicenceLimits {
  readonly validYears: number;
  /** A renewal is asked for at least this many days before the last day … */
  readonly renewBeforeDays: number;
  /** … and at most this many, so that nobody renews for the sake of a longer term. */
  readonly renewWithinDays: number;
  /** Days after the last day after which the licence is cancelled. */
  readonly cancelAfterDays: number;
  /** No paper or IC card is given out from this China day on; those of before stay good until they expire. Null: no such day. */
  readonly electronicOnlyFrom: string | null;
  /** How long a shown code may be scanned. */
  readonly tokenSeconds: number;
  /** What a clock of a server may be off. */
  readonly tokenSkewSeconds: number;
}

export interface LicenceRuleSet {
  readonly id: string;
  readonly families: readonly LicenceCategory['family'][];
  readonly regionPrefix: string;
  /** China day. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof LicenceLimits]: Limit<LicenceLimits[Name]> };
}

const OPERATION = 'no public text; chosen for operation';
const STAFF_ORDER = '道路运输从业人员管理规定: 6 years, 30 days before, 180 days after';
const HAINAN = '海南省道路运输从业人员从业资格证电子证件启用通知 (2021): 自 2021-12-27 起不再出具纸质或 IC 卡证件';

const { stated, verified, assumed, unknown } = limitsBy(OPERATION);

const common: LicenceRuleSet['limits'] = {
  validYears: verified(6, STAFF_ORDER),
  renewBeforeDays: verified(30, STAFF_ORDER),
  renewWithinDays: assumed(180),
  cancelAfterDays: verified(180, STAFF_ORDER),
  electronicOnlyFrom: assumed(null),
  tokenSeconds: assumed(60),
  tokenSkewSeconds: assumed(5),
};

const UNKNOWN_TERM = 'the order on taxi, transit and other staff: term not public here, the number of road staff taken';
const others: LicenceRuleSet['limits'] = {
  ...common,
  validYears: unknown(6, UNKNOWN_TERM),
  renewBeforeDays: unknown(30, UNKNOWN_TERM),
  cancelAfterDays: unknown(180, UNKNOWN_TERM),
};

/** The revision of 2026 is mentioned in public, its text is not: it gets an entry of its own when it is. */
export const licenceRuleSets: readonly LicenceRuleSet[] = [
  {
    id: 'road-transport.licence.road.2014-01-01',
    families: ['road'],
    regionPrefix: '',
    validFrom: '2014-01-01',
    limits: common,
  },
  {
    id: 'road-transport.licence.road.hainan.2021-12-27',
    families: ['road'],
    regionPrefix: '46',
    validFrom: '2021-12-27',
    limits: { ...common, electronicOnlyFrom: stated('2021-12-27', HAINAN) },
  },
  {
    id: 'road-transport.licence.other.2014-01-01',
    families: ['taxi', 'transit', 'other'],
    regionPrefix: '',
    validFrom: '2014-01-01',
    limits: others,
  },
];

/** The rules for a category in a region on a China day: the most specific region, then the youngest. Undefined before there were any. */
export function findLicenceRuleSet(
  { family }: Pick<LicenceCategory, 'family'>,
  regionCode: string,
  day: string,
  table: readonly LicenceRuleSet[] = licenceRuleSets,
): LicenceRuleSet | undefined {
  return table
    .filter((one) => one.families.includes(family) && regionCode.startsWith(one.regionPrefix) && one.validFrom <= day)
    .toSorted((a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom))[0];
}

/** A rule set by the name that a stored licence carries; throws RangeError for a name that never existed. */
export function getLicenceRuleSet(id: string, table: readonly LicenceRuleSet[] = licenceRuleSets): LicenceRuleSet {
  const found = table.find((one) => one.id === id);
  if (!found) throw new RangeError(`no licence rule set ${id}`);
  return found;
}

/** The bare numbers of a rule set. */
export const licenceLimitsOf = ({ limits }: LicenceRuleSet): LicenceLimits =>
  Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value])) as unknown as LicenceLimits;
