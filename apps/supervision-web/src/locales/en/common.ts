import type { SameTexts } from '@antu/web-kit';
import type * as zh from '../zh/common.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const app: SameTexts<typeof zh.app> = { name: 'Antu Supervision' };
export const nav: SameTexts<typeof zh.nav> = {
  live: 'Live',
  people: 'People',
  rules: 'Rules',
  audit: 'Audit log',
  accounts: 'Accounts',
  health: 'System',
  cases: 'Study reviews',
  exams: 'Exams',
  licences: 'Licences',
  reviews: 'Reviews',
  foot: 'Every look at personal data is recorded',
  noRole: 'This account has no role here',
  noRoleText: 'Sign in where your role is, or ask the security operator for one.',
  learnerApp: 'Go to the learner app',
  enterpriseApp: 'Go to the company app',
};
export const common: SameTexts<typeof zh.common> = {
  comma: ', ',
  listJoin: ', ',
  crumbs: 'You are here',
  monthDay: ({ month, day }) => `${day} ${MONTHS[Number(month) - 1] ?? ''}`,
  fromTo: '{from} to {to}',
  asTable: 'Show as table',
  asPicture: 'Show as picture',
  all: 'All',
  more: 'Show more',
  shown: '{shown} of {total} shown',
  back: 'Back',
  save: 'Save',
  none: 'None',
  search: 'Search',
  reset: 'Clear',
  people: ({ n }) => (n === 1 ? '1 person' : `${n} people`),
  hours: 'study hours',
};
export const scheme: SameTexts<typeof zh.scheme> = {
  'road-transport': 'Road transport',
  'work-safety': 'Work safety',
  'driver-licence': 'Driver training',
};
export const device: SameTexts<typeof zh.device> = { phone: 'Phone', tablet: 'Tablet', computer: 'Computer' };
