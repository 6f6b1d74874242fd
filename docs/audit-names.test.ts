import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERMISSION_NAMES } from '@antu/domain';
import { describe, expect, it } from 'vitest';
import { AUDIT_ACTION_NAMES } from '../apps/supervision-web/src/oversight/audit-names.ts';

const modules = join(import.meta.dirname, '../apps/server/src/modules');

/** Actions that the server writes out as such; those put together from parts are not found here. */
const writtenActions = (): string[] =>
  readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) => [...readFileSync(join(modules, path), 'utf8').matchAll(/\baction: '([a-z-]+\.[a-z-]+)'/g)])
    .flatMap(([, action]) => action ?? []);

describe('The audit log', () => {
  it('has words for every action of the server', () => {
    const actions = writtenActions();
    expect(actions.length).toBeGreaterThan(50);
    expect(actions.filter((action) => !(action in AUDIT_ACTION_NAMES))).toEqual([]);
  });

  it('has words for every permission, since what is refused carries its name', () => {
    expect(PERMISSION_NAMES.filter((permission) => !(permission in AUDIT_ACTION_NAMES))).toEqual([]);
  });
});
