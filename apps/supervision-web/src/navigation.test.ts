import { permissionRule, ROLES } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { areas, areasOf, homeOf } from './navigation.ts';

describe('navigation', () => {
  it('gives every role of the authority and the platform a home, and others none', () => {
    const homeless = ROLES.filter((role) => homeOf([role]) === null);
    expect(homeless).toEqual(['learner', 'enterprise-manager', 'body-manager', 'teacher']);
  });

  it('offers a page only to roles whose permission opens it', () => {
    const permissions = {
      live: 'study.watch',
      people: 'hours.read',
      cases: 'review.read',
      licences: 'licences.read',
      reviews: 'courses.review-platform',
      accounts: 'accounts.manage',
      audit: 'audit.read',
      health: 'system.read',
    } as const;
    for (const [name, permission] of Object.entries(permissions)) {
      const roles = areas.find((area) => area.name === name)?.roles ?? [];
      expect(roles.length).toBeGreaterThan(0);
      for (const role of roles) expect(permissionRule(permission).roles).toContain(role);
    }
  });

  it('shows operators nothing about learners', () => {
    const shown = areasOf(['system-operator', 'security-operator', 'audit-operator']).map((area) => area.name);
    expect(shown).not.toContain('people');
    expect(shown).not.toContain('live');
    expect(shown).not.toContain('cases');
  });
});
