import type { DemoAnswer, Role } from '@antu/contract';
import { DEMO_ORGANISATIONS, type DemoOrganisationKey } from './demo-organisations.ts';
import { currentTotp } from './totp.ts';

/** The one password of every demo account. Printed by `npm start` and shown on the sign-in page of a demo. */
export const DEMO_PASSWORD = 'Antu-demo-2026';

export interface DemoAccount {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly organisation: DemoOrganisationKey;
  readonly app: 'learner' | 'enterprise' | 'supervision';
  /** Base32; null for learners, who sign in without a second factor. */
  readonly totpSecret: string | null;
  readonly mustChangePassword: boolean;
}

const staff = (
  login: string,
  displayName: string,
  role: Role,
  organisation: DemoOrganisationKey,
  app: DemoAccount['app'],
  totpSecret: string,
): DemoAccount => ({ login, displayName, role, organisation, app, totpSecret, mustChangePassword: false });

const learner = (
  login: string,
  displayName: string,
  organisation: DemoOrganisationKey,
  mustChangePassword = false,
): DemoAccount => ({
  login,
  displayName,
  role: 'learner',
  organisation,
  app: 'learner',
  totpSecret: null,
  mustChangePassword,
});

/** Accounts with a user name. Further learners sign in with their ID numbers. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  learner('driver', '林守诚', 'linglan'),
  learner('newdriver', '陈初行', 'linglan', true),
  learner('driver-sz', '黄远舟', 'pengtu'),
  learner('chemworker', '何慎之', 'hecheng'),
  staff('manager', '苏管嘉', 'enterprise-manager', 'linglan', 'enterprise', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAA2'),
  staff('manager-sz', '丘鹏宇', 'enterprise-manager', 'pengtu', 'enterprise', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAB2'),
  staff('manager-chem', '霍澄明', 'enterprise-manager', 'hecheng', 'enterprise', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAC2'),
  staff('trainer', '梁授业', 'body-manager', 'lingxue', 'enterprise', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAD2'),
  staff('teacher', '邓明课', 'teacher', 'lingxue', 'enterprise', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAE2'),
  staff('school', '罗顺道', 'body-manager', 'shundao', 'enterprise', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAF2'),
  staff('reviewer', '简审言', 'platform-reviewer', 'platform', 'supervision', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAG2'),
  staff('officer-county', '区秀安', 'officer-county', 'yuexiu', 'supervision', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAH2'),
  staff('officer-city', '穗路平', 'officer-city', 'guangzhou', 'supervision', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAI2'),
  staff('officer-sz', '鹏路宁', 'officer-city', 'shenzhen', 'supervision', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAJ2'),
  staff(
    'officer-province',
    '岳省远',
    'officer-province',
    'province',
    'supervision',
    'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAK2',
  ),
  staff('sysadmin', '系运维', 'system-operator', 'platform', 'supervision', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAL2'),
  staff('secadmin', '安守权', 'security-operator', 'platform', 'supervision', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAM2'),
  staff('auditor', '纪明察', 'audit-operator', 'platform', 'supervision', 'JBSWY3DPEHPK3PXPANTUDEMOAAAAAAN2'),
];

/** What a demo's sign-in page shows, codes of this moment included. Never served unless the instance is a demo. */
export const describeDemo = (nowMs: number): DemoAnswer => ({
  accounts: DEMO_ACCOUNTS.map((account) => {
    const totp = account.totpSecret === null ? null : currentTotp(account.totpSecret, nowMs);
    return {
      login: account.login,
      password: DEMO_PASSWORD,
      displayName: account.displayName,
      role: account.role,
      organisation: DEMO_ORGANISATIONS[account.organisation].name,
      app: account.app,
      totpCode: totp?.code ?? null,
      totpSecondsLeft: totp?.secondsLeft ?? null,
      mustChangePassword: account.mustChangePassword,
    };
  }),
});
