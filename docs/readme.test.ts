import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLE_NAMES } from '@antu/contract';
import { expect, test } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../apps/server/src/modules/people/demo-accounts.ts';
import { DEMO_ORGANISATIONS } from '../apps/server/src/modules/people/demo-organisations.ts';

const pathOf = { learner: '/', enterprise: '/enterprise/', supervision: '/supervision/' };

test.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
] as const)('%s shows the demo accounts as they are', (file, language) => {
  const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  const table = /<!-- accounts -->\n([\s\S]+)\n<!-- \/accounts -->/.exec(text)?.[1];
  const rows = DEMO_ACCOUNTS.map(({ login, role, organisation, app }) =>
    [`\`${login}\``, ROLE_NAMES[role][language], DEMO_ORGANISATIONS[organisation].name, `\`${pathOf[app]}\``].join(
      ' | ',
    ),
  );
  expect(table?.split('\n').slice(2)).toEqual(rows.map((row) => `| ${row} |`));
  expect(text).toContain(`\`${DEMO_PASSWORD}\``);
});
