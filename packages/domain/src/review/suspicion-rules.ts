import type { Limit } from '../study/limits.ts';
import type { SchemeCode } from '../study/rule-sets.ts';

/** Why a session is put before a person. Every one has words in `caseReasonNames` of the contract. */
export const suspicionReasons = [
  'mismatch',
  'two-faces',
  'no-face',
  'check-missed',
  'not-live',
  'same-address',
  'same-device',
  'same-face',
  'impossible-travel',
  'inhuman-hours',
  'snapshot-missing',
] as const;
export type SuspicionReason = (typeof suspicionReasons)[number];

/** How a number of signs becomes points. */
export interface SignWeight {
  /** This many signs are the least that count; fewer give nothing. */
  readonly from: number;
  /** Points for the least number of signs. */
  readonly points: number;
  /** Points for every further one. */
  readonly more: number;
  /** Never more points than this for one reason. */
  readonly most: number;
}

/** The numbers by which sessions are put before a person. They decide nothing about hours: a person does. */
export interface SuspicionLimits {
  /** Fewer points make no case. */
  readonly leastScore: number;
  /** Failed checks and pictures in passing that show somebody else. */
  readonly mismatch: SignWeight;
  readonly twoFaces: SignWeight;
  readonly noFace: SignWeight;
  /** Sessions that ended because a check was not passed in time. */
  readonly checkMissed: SignWeight;
  /** Signs of a photo, a recording or a virtual camera. */
  readonly notLive: SignWeight;
  /** People, the learner included, who opened sessions from one address within the time. A company shares one address. */
  readonly sameAddress: SignWeight;
  readonly sameAddressMinutes: number;
  /** People, the learner included, on one device within the time. */
  readonly sameDevice: SignWeight;
  readonly sameDeviceMinutes: number;
  /** Other identities under which the same face is enrolled. */
  readonly sameFace: SignWeight;
  /** Moves between two sessions that no straight way at the speed allows. */
  readonly impossibleTravel: SignWeight;
  readonly travelKmPerHour: number;
  /** Hours of China time that count as night: from the first up to the second. */
  readonly nightFromHour: number;
  readonly nightToHour: number;
  /** A session is a night session from this share and this length of night study on. */
  readonly nightSharePercent: number;
  readonly nightLeastMinutes: number;
  readonly nightPoints: number;
  /** Credited hours within 24 hours: signs are the begun hours beyond these. */
  readonly dayHours: number;
  readonly dayHoursOver: SignWeight;
  readonly snapshotMissing: SignWeight;
}

/** The numbers of one scheme, region and time. Stored cases name `id`; a change is a new row, never an edit. */
export interface SuspicionRuleSet {
  readonly id: string;
  readonly scheme: SchemeCode;
  /** GB/T 2260 prefix; empty = everywhere. */
  readonly regionPrefix: string;
  /** First China day on which it applies, YYYY-MM-DD. */
  readonly validFrom: string;
  readonly limits: { readonly [Name in keyof SuspicionLimits]: Limit<SuspicionLimits[Name]> };
}

const ITEM_11 =
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 11: proxies and hang-ups must be prevented, how is not said';
const ITEM_38 =
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 38: pictures must be taken, how they are used is not said';
const OPERATION = 'no public text; chosen for operation';

const assumed = <Value>(value: Value, source: string): Limit<Value> => ({ value, certainty: 'assumed', source });
const weight = (from: number, points: number, more: number, most: number): SignWeight => ({ from, points, more, most });

/**
 * One strong sign or several weak ones make a case. Weak alone, because honest people show them: a passenger in the picture, a
 * classroom behind one address, a tablet that is handed round, a driver who studies at night.
 */
const common: SuspicionRuleSet['limits'] = {
  leastScore: assumed(40, OPERATION),
  mismatch: assumed(weight(1, 25, 20, 90), ITEM_11),
  twoFaces: assumed(weight(1, 10, 10, 50), ITEM_38),
  noFace: assumed(weight(2, 15, 10, 50), ITEM_38),
  checkMissed: assumed(weight(1, 20, 0, 20), ITEM_11),
  notLive: assumed(weight(1, 20, 15, 80), ITEM_11),
  sameAddress: assumed(weight(5, 10, 1, 25), ITEM_11),
  sameAddressMinutes: assumed(30, OPERATION),
  sameDevice: assumed(weight(2, 20, 15, 65), ITEM_11),
  sameDeviceMinutes: assumed(60, OPERATION),
  sameFace: assumed(weight(1, 60, 10, 90), ITEM_11),
  impossibleTravel: assumed(weight(1, 40, 10, 70), ITEM_11),
  travelKmPerHour: assumed(900, OPERATION),
  nightFromHour: assumed(0, OPERATION),
  nightToHour: assumed(5, OPERATION),
  nightSharePercent: assumed(80, OPERATION),
  nightLeastMinutes: assumed(60, OPERATION),
  nightPoints: assumed(15, OPERATION),
  dayHours: assumed(10, OPERATION),
  dayHoursOver: assumed(weight(1, 30, 10, 70), OPERATION),
  snapshotMissing: assumed(weight(2, 10, 10, 40), ITEM_38),
};

export const suspicionRules: readonly SuspicionRuleSet[] = [
  {
    id: 'work-safety.review.2026-01-01',
    scheme: 'work-safety',
    regionPrefix: '',
    validFrom: '2026-01-01',
    limits: common,
  },
  {
    id: 'road-transport.review.2026-01-01',
    scheme: 'road-transport',
    regionPrefix: '',
    validFrom: '2026-01-01',
    limits: common,
  },
  {
    id: 'driver-licence.review.2026-01-01',
    scheme: 'driver-licence',
    regionPrefix: '',
    validFrom: '2026-01-01',
    limits: common,
  },
];

/** The rule set in force, most specific region first, then the youngest; undefined before there was any. */
export function findSuspicionRules(
  scheme: SchemeCode,
  regionCode: string,
  day: string,
  table: readonly SuspicionRuleSet[] = suspicionRules,
): SuspicionRuleSet | undefined {
  return table
    .filter((one) => one.scheme === scheme && regionCode.startsWith(one.regionPrefix) && one.validFrom <= day)
    .sort((a, b) => b.regionPrefix.length - a.regionPrefix.length || b.validFrom.localeCompare(a.validFrom))[0];
}

/** The bare numbers of a rule set. */
export function suspicionLimitsOf({ limits }: SuspicionRuleSet): SuspicionLimits {
  // Every member of the table is a limit of the same name.
  return Object.fromEntries(
    Object.entries(limits).map(([name, { value }]) => [name, value]),
  ) as unknown as SuspicionLimits;
}
