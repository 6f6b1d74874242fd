import { describe, expect, it } from 'vitest';
import type { PlainDate } from './plain-date.ts';
import { ROLES } from './roles.ts';
import {
  countFailure,
  findPasswordProblems,
  idleSecondsFor,
  isLocked,
  type LockState,
  needsSecondFactor,
  passwordExpiresAtMs,
  SIGN_IN_RULE_SETS,
  signInRulesOn,
} from './sign-in-rules.ts';

const rules = signInRulesOn('2026-11-21' as PlainDate);
const good = { roles: ['learner'], login: 'driver', usedBefore: false } as const;

describe('Password rules', () => {
  it.each([
    ['Abcdef1', ['too-short']],
    ['Abcdefg1', []],
    ['abcdefg1', ['too-few-classes']],
    ['abcdef-1', []],
    ['12345678', ['too-few-classes']],
    ['安全生产Ab1', ['too-short']],
    ['My-Driver-1', ['contains-login']],
    ['aaaa', ['too-short', 'too-few-classes']],
  ])('a learner’s %s: %j', (password, problems) => {
    expect(findPasswordProblems(rules, { ...good, password })).toEqual(problems);
  });

  it('staff need twelve characters', () => {
    const staff = { ...good, roles: ['teacher'] as const };
    expect(findPasswordProblems(rules, { ...staff, password: 'Abcdefghi-1' })).toEqual(['too-short']);
    expect(findPasswordProblems(rules, { ...staff, password: 'Abcdefghij-1' })).toEqual([]);
  });

  it('an old password may not come back', () => {
    expect(findPasswordProblems(rules, { ...good, password: 'Abcdefg1', usedBefore: true })).toEqual(['used-before']);
  });

  it('ages for staff only, after 90 days', () => {
    expect(passwordExpiresAtMs(rules, ['learner'], 0)).toBeNull();
    expect(passwordExpiresAtMs(rules, ['learner', 'enterprise-manager'], 1000)).toBe(1000 + 90 * 86_400_000);
  });
});

describe('Lock-out', () => {
  const failing = (count: number, from: LockState, nowMs: number): LockState =>
    Array.from({ length: count }).reduce<LockState>((state) => countFailure(rules, state, nowMs), from);
  const fresh: LockState = { failures: 0, lockedUntilMs: null };

  it('locks at the fifth failure, not at the fourth, for 15 minutes', () => {
    expect(failing(4, fresh, 0).lockedUntilMs).toBeNull();
    const locked = failing(5, fresh, 0);
    expect(locked.lockedUntilMs).toBe(900_000);
    expect(isLocked(locked, 899_999)).toBe(true);
    expect(isLocked(locked, 900_000)).toBe(false);
  });

  it('counts anew after the lock ran out', () => {
    const locked = failing(5, fresh, 0);
    expect(countFailure(rules, locked, 900_000)).toEqual({ failures: 1, lockedUntilMs: null });
  });
});

describe('Rule sets', () => {
  it('are ordered by date, with unique ids, and cover every role', () => {
    const dates = SIGN_IN_RULE_SETS.map(({ validFrom }) => validFrom);
    expect(dates).toEqual([...dates].sort());
    expect(new Set(SIGN_IN_RULE_SETS.map(({ id }) => id)).size).toBe(SIGN_IN_RULE_SETS.length);
    expect(signInRulesOn('1999-01-01' as PlainDate)).toBe(SIGN_IN_RULE_SETS[0]);
  });

  it('take the strictest idle time of the roles held, between 10 and 30 minutes', () => {
    expect(idleSecondsFor(rules, ['learner', 'enterprise-manager'])).toBe(1200);
    expect(idleSecondsFor(rules, [])).toBe(1800);
    for (const role of ROLES) {
      expect(rules.idleSeconds[role]).toBeGreaterThanOrEqual(600);
      expect(rules.idleSeconds[role]).toBeLessThanOrEqual(1800);
    }
  });

  it('ask every role but the learner for a second factor', () => {
    expect(ROLES.filter((role) => !needsSecondFactor([role]))).toEqual(['learner']);
  });
});
