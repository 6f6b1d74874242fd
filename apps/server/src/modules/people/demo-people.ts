import { checkIdNumber, idNumberCheckCharacter, type IdNumberCheck } from '@antu/domain';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import type { DemoOrganisationKey } from './demo-organisations.ts';

export interface DemoLearner {
  readonly name: string;
  readonly idNumber: Extract<IdNumberCheck, { valid: true }>;
  /** Null: signs in with the ID number. */
  readonly login: string | null;
  readonly mustChangePassword: boolean;
  readonly employer: DemoOrganisationKey;
  readonly post: string;
  /** Enrolled with the training body besides. */
  readonly enrolled: boolean;
  readonly employedFrom: string;
}

const SURNAMES = [...'李陈黄张梁林刘吴罗杨谢何郑邓冯许曾彭蔡潘'];
const GIVEN = [
  ['国', '志', '伟', '建', '海', '永', '家', '文', '少', '秀', '丽', '玉'],
  ['强', '明', '辉', '平', '华', '荣', '安', '勇', '珍', '芳', '生', '敏', '杰'],
] as const;

interface Employer {
  readonly key: DemoOrganisationKey;
  /** Codes ending in 99 are not assigned to any county: nobody has these numbers. */
  readonly division: string;
  readonly count: number;
  readonly posts: readonly string[];
}

const EMPLOYERS: readonly Employer[] = [
  { key: 'linglan', division: '440199', count: 30, posts: ['班线客运驾驶员', '包车客运驾驶员', '旅游客运驾驶员'] },
  { key: 'pengtu', division: '440399', count: 16, posts: ['普通货运驾驶员', '危险货物运输驾驶员', '押运员'] },
  { key: 'hecheng', division: '440699', count: 14, posts: ['安全生产管理人员', '化工操作工', '装卸管理人员'] },
];

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Number `n` of an employer: the same person every time, born 1966 to 1999. */
function idNumberOf(division: string, n: number): Extract<IdNumberCheck, { valid: true }> {
  const birth = `${1966 + ((n * 7) % 34)}${pad(((n * 5) % 12) + 1, 2)}${pad(((n * 11) % 28) + 1, 2)}`;
  const first17 = `${division}${birth}${pad(100 + n * 3 + (n % 2), 3)}`;
  const checked = checkIdNumber(first17 + idNumberCheckCharacter(first17));
  if (!checked.valid) throw new Error(`demo ID number of ${division} ${n} is not valid`);
  return checked;
}

const at = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

function learnersOf(employer: Employer, offset: number): DemoLearner[] {
  const named = DEMO_ACCOUNTS.filter(({ role, organisation }) => role === 'learner' && organisation === employer.key);
  return Array.from({ length: employer.count }, (_, n) => {
    const seat = offset + n;
    const account = named[n];
    return {
      name: account?.displayName ?? at(SURNAMES, seat * 3) + at(GIVEN[0], seat * 5) + at(GIVEN[1], seat * 7 + 2),
      idNumber: idNumberOf(employer.division, n),
      login: account?.login ?? null,
      mustChangePassword: account?.mustChangePassword ?? false,
      employer: employer.key,
      post: at(employer.posts, n),
      enrolled: n % 2 === 0,
      employedFrom: `20${pad(15 + (n % 10), 2)}-${pad((n % 12) + 1, 2)}-01`,
    };
  });
}

/** Sixty invented learners, the same in every demo. */
export const DEMO_LEARNERS: readonly DemoLearner[] = EMPLOYERS.flatMap((employer, index) =>
  learnersOf(employer, index * 31),
);
