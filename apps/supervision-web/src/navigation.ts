import type { Role } from '@antu/contract';
import type { IconName } from '@antu/web-kit';

export type AreaName =
  | 'live'
  | 'people'
  | 'cases'
  | 'exams'
  | 'licences'
  | 'reviews'
  | 'accounts'
  | 'audit'
  | 'health'
  | 'rules';

/** One entry of the rail and who has it. */
export interface Area {
  readonly name: AreaName;
  readonly path: string;
  readonly icon: IconName;
  readonly roles: readonly Role[];
  readonly apart: boolean;
}

const officers = ['officer-county', 'officer-city', 'officer-province'] as const;

/** In the order of the rail; the first one that a role has is its home. */
export const areas: readonly Area[] = [
  { name: 'live', path: '/live', icon: 'live', roles: officers, apart: false },
  { name: 'people', path: '/people', icon: 'users', roles: officers, apart: false },
  { name: 'cases', path: '/cases', icon: 'eye', roles: officers, apart: false },
  { name: 'exams', path: '/exams', icon: 'calendar', roles: officers, apart: false },
  { name: 'licences', path: '/licences', icon: 'id-card', roles: officers, apart: false },
  { name: 'reviews', path: '/reviews', icon: 'scale', roles: ['platform-reviewer'], apart: false },
  { name: 'accounts', path: '/accounts', icon: 'key', roles: ['security-operator'], apart: false },
  { name: 'audit', path: '/audit', icon: 'list', roles: ['audit-operator'], apart: false },
  { name: 'health', path: '/health', icon: 'shield', roles: ['system-operator'], apart: false },
  {
    name: 'rules',
    path: '/rules',
    icon: 'book',
    roles: [...officers, 'platform-reviewer', 'system-operator'],
    apart: true,
  },
];

/** Areas that one of the roles has. */
export function areasOf(roles: readonly Role[]): Area[] {
  return areas.filter((area) => area.roles.some((role) => roles.includes(role)));
}

/** Where somebody with these roles begins; null for people who have nothing to do here. */
export function homeOf(roles: readonly Role[]): string | null {
  return areasOf(roles)[0]?.path ?? null;
}
