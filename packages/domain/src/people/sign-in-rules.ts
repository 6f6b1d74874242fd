import { type PlainDate, parsePlainDate } from './plain-date.ts';
import type { Certainty } from '../study/limits.ts';
import { isStaff, ROLE_RULES, type Role } from './roles.ts';

/** Limits of signing in. Dated, so that a new rule is a new row and an old decision keeps its own. */
export interface SignInRuleSet {
  readonly id: string;
  readonly validFrom: PlainDate;
  readonly source: string;
  readonly certainty: Certainty;
  readonly passwordMinLength: number;
  readonly staffPasswordMinLength: number;
  /** Of lower case, upper case, digits and other characters. */
  readonly passwordMinClasses: number;
  /** How many of the last passwords may not come back. */
  readonly passwordHistory: number;
  readonly staffPasswordMaxAgeDays: number;
  readonly failuresUntilLock: number;
  readonly lockSeconds: number;
  readonly idleSeconds: Readonly<Record<Role, number>>;
  /** A session ends after this time however busy it was. */
  readonly absoluteSeconds: number;
}

const date = (text: string): PlainDate => {
  const parsed = parsePlainDate(text);
  if (!parsed) throw new RangeError(`not a date: ${text}`);
  return parsed;
};

const minutes = (count: number): number => count * 60;

/**
 * GB/T 22239-2019 8.1.4.1 demands complexity, change, lock-out and idle time-out and leaves the numbers open; these are
 * the usual ones of level 3. Learners get 30 minutes because a lesson paused for a meal must not sign a driver out.
 */
export const SIGN_IN_RULE_SETS: readonly SignInRuleSet[] = [
  {
    id: 'sign-in-2019-12',
    validFrom: date('2019-12-01'),
    source: 'GB/T 22239-2019 8.1.4.1',
    certainty: 'assumed',
    passwordMinLength: 8,
    staffPasswordMinLength: 12,
    passwordMinClasses: 3,
    passwordHistory: 5,
    staffPasswordMaxAgeDays: 90,
    failuresUntilLock: 5,
    lockSeconds: minutes(15),
    idleSeconds: {
      learner: minutes(30),
      'enterprise-manager': minutes(20),
      'body-manager': minutes(20),
      teacher: minutes(20),
      'officer-county': minutes(15),
      'officer-city': minutes(15),
      'officer-province': minutes(15),
      'platform-reviewer': minutes(15),
      'system-operator': minutes(10),
      'security-operator': minutes(10),
      'audit-operator': minutes(10),
    },
    absoluteSeconds: minutes(12 * 60),
  },
];

/** The rules in force on a day; the earliest ones before that. */
export const signInRulesOn = (day: PlainDate): SignInRuleSet => {
  const rules = SIGN_IN_RULE_SETS.findLast((set) => set.validFrom <= day) ?? SIGN_IN_RULE_SETS[0];
  if (!rules) throw new RangeError('no sign-in rules');
  return rules;
};

/** Idle seconds until a session ends: the strictest of the roles held; a learner's for an account without roles. */
export const idleSecondsFor = (rules: SignInRuleSet, roles: readonly Role[]): number =>
  Math.min(...(roles.length > 0 ? roles : (['learner'] as const)).map((role) => rules.idleSeconds[role]));

export type PasswordProblem = 'too-short' | 'too-few-classes' | 'contains-login' | 'used-before';

const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];

/** Every reason why a new password is refused; empty when it is good. `usedBefore`: equals one of the kept old ones. */
export const findPasswordProblems = (
  rules: SignInRuleSet,
  given: {
    readonly password: string;
    readonly roles: readonly Role[];
    readonly login: string;
    readonly usedBefore: boolean;
  },
): readonly PasswordProblem[] => {
  const problems: PasswordProblem[] = [];
  const minLength = isStaff(given.roles) ? rules.staffPasswordMinLength : rules.passwordMinLength;
  if ([...given.password].length < minLength) problems.push('too-short');
  const classes = CLASSES.filter((pattern) => pattern.test(given.password)).length;
  if (classes < rules.passwordMinClasses) problems.push('too-few-classes');
  if (given.login.length >= 3 && given.password.toLowerCase().includes(given.login.toLowerCase())) {
    problems.push('contains-login');
  }
  if (given.usedBefore) problems.push('used-before');
  return problems;
};

/** When a staff password must be changed (milliseconds since 1970), null for accounts whose password does not age. */
export const passwordExpiresAtMs = (
  rules: SignInRuleSet,
  roles: readonly Role[],
  changedAtMs: number,
): number | null => (isStaff(roles) ? changedAtMs + rules.staffPasswordMaxAgeDays * 86_400_000 : null);

export interface LockState {
  readonly failures: number;
  readonly lockedUntilMs: number | null;
}

/** Whether signing in to the account is closed at this moment. */
export const isLocked = (state: LockState, nowMs: number): boolean =>
  state.lockedUntilMs !== null && nowMs < state.lockedUntilMs;

/**
 * The state after one more failure. Counted per account, never per address: a company's hundred drivers come from one
 * address, and locking that would lock them all. A lock that ran out starts the count anew.
 */
export const countFailure = (rules: SignInRuleSet, state: LockState, nowMs: number): LockState => {
  const earlier = state.lockedUntilMs !== null && nowMs >= state.lockedUntilMs ? 0 : state.failures;
  const failures = earlier + 1;
  return { failures, lockedUntilMs: failures >= rules.failuresUntilLock ? nowMs + rules.lockSeconds * 1000 : null };
};

/** Whether any of the roles must bring a second factor (GB/T 22239-2019 8.1.4.1 d). */
export const needsSecondFactor = (roles: readonly Role[]): boolean => roles.some((role) => ROLE_RULES[role].staff);
