/** A category of qualification as the national code list has it. */
export interface LicenceCategory {
  /** Five digits; a code that begins with `L` is ours, for a post that the list does not have. */
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly family: 'road' | 'taxi' | 'transit' | 'other';
  /** First China day on which it may be issued. */
  readonly validFrom: string;
}

/** JT/T 697.7-2014, 5.22 从业资格类别, as read in public code; names of 12010 and 12011 are not public and left out. */
export const LICENCE_CATEGORY_LIST = { source: 'JT/T 697.7-2014 §5.22', certainty: 'verified' } as const;

const SINCE = '2014-01-01';
const hazards = [
  ['03001', '危险货物运输', 'dangerous goods'],
  ['03005', '剧毒化学品道路运输', 'highly toxic chemicals'],
  ['03009', '爆炸品道路运输', 'explosives'],
  ['03013', '放射性物品道路运输', 'radioactive goods'],
] as const;
const hazardPosts = [
  ['驾驶员', 'Driver'],
  ['装卸管理人员', 'Loading supervisor'],
  ['押运人员', 'Escort'],
  ['专职安全管理人员', 'Safety manager'],
] as const;

const road = (code: string, nameZh: string, nameEn: string): LicenceCategory => ({
  code,
  nameZh,
  nameEn,
  family: 'road',
  validFrom: SINCE,
});
const hazardCategories = hazards.flatMap(([first, goodsZh, goodsEn]) =>
  hazardPosts.map(([postZh, postEn], n) =>
    road(String(Number(first) + n).padStart(5, '0'), `${goodsZh}${postZh}`, `${postEn}, ${goodsEn}`),
  ),
);

export const licenceCategories: readonly LicenceCategory[] = [
  road('01001', '道路旅客运输驾驶员', 'Driver, passengers'),
  road('02001', '道路货物运输驾驶员', 'Driver, goods'),
  ...hazardCategories,
  { ...road('05001', '机动车驾驶培训理论教练员', 'Driving instructor, theory'), family: 'other' },
  { ...road('05002', '机动车驾驶培训操作教练员', 'Driving instructor, practice'), family: 'other' },
  { ...road('09001', '出租汽车驾驶员', 'Taxi driver'), family: 'taxi' },
  { ...road('09002', '巡游出租汽车驾驶员', 'Taxi driver, cruising'), family: 'taxi' },
  { ...road('09003', '网络预约出租汽车驾驶员', 'Taxi driver, booked online'), family: 'taxi' },
  { ...road('12002', '道路客运乘务员', 'Coach attendant'), family: 'other' },
  { ...road('13001', '城市公共汽电车驾驶员', 'Bus and trolley driver'), family: 'transit' },
];

const byCode = new Map(licenceCategories.map((one) => [one.code, one]));

export const findLicenceCategory = (code: string): LicenceCategory | undefined => byCode.get(code);

/** Throws RangeError for a code that is not on the list. */
export function getLicenceCategory(code: string): LicenceCategory {
  const found = byCode.get(code);
  if (!found) throw new RangeError(`no licence category ${code}`);
  return found;
}
