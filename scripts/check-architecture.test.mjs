import { describe, expect, test } from 'vitest';
import { checkFile } from './check-architecture.mjs';

const courses = 'apps/server/src/modules/courses/publish-version.ts';

describe('what the architecture forbids', () => {
  test.each([
    [
      courses,
      "import { x } from '../learning/index.ts';",
      'module courses may not import learning, which is not of a lower rank',
    ],
    [courses, "import { x } from '../people/queries.ts';", 'a module is entered by its index.ts'],
    [courses, "import { x } from '@antu/web-kit';", 'apps/server may not import @antu/web-kit'],
    [
      'apps/server/src/platform/jobs.ts',
      "import { x } from '../modules/people/index.ts';",
      'the platform may not import the module people',
    ],
    [
      'packages/domain/src/hours.ts',
      "import { readFile } from 'node:fs/promises';",
      'packages/domain may not import node:fs/promises',
    ],
    ['packages/domain/src/hours.ts', "import { z } from 'zod';", 'packages/domain may not import zod'],
    ['packages/contract/src/a.ts', "export * from '@antu/server';", 'packages/contract may not import @antu/server'],
    ['packages/contract/src/a.ts', "import type { A } from '../../domain/src/a.ts';", 'of another package by path'],
    ['apps/learner-web/src/main.ts', "const fs = await import('node:fs');", 'apps/learner-web may not import node:fs'],
    [courses, 'const a: any = 1;', 'no `any`'],
    ['apps/learner-web/src/main.ts', "import { z } from 'zod';", 'may not import zod'],
    ['packages/web-kit/src/api/create-api.ts', "import { z } from 'zod';", 'may not import zod'],
    [courses, 'f(b as any);', 'no `any`'],
    [courses, 'const c: Array<any> = [];', 'no `any`'],
    [courses, `// ${'todo'.toUpperCase()}: later`, 'no open ends'],
    [courses, 'x;\n'.repeat(401), '401 lines; 400 are the most'],
    ['apps/server/src/platform/KeyRing.ts', '', 'file names are kebab-case'],
  ])('%s: %.50s', (path, text, problem) => {
    expect(checkFile(path, text).join('\n')).toContain(problem);
  });

  test.each([
    [courses, "import { x } from '../people/index.ts';"],
    [courses, "import { x } from '../audit/index.ts';"],
    [courses, "import { x } from '../../platform/errors.ts';"],
    [courses, "import { x } from './queries.ts';\nimport pg from 'pg';\nimport { y } from '@antu/domain';"],
    ['apps/server/src/modules/audit/index.ts', "import type { ServerModule } from '../../platform/module.ts';"],
    [
      'packages/domain/src/hours.test.ts',
      "import { readFile } from 'node:fs/promises';\nimport { test } from 'vitest';",
    ],
    [courses, "// as any driver knows\nconst text = 'not any more';"],
    [courses, 'x;\n'.repeat(400)],
  ])('allowed: %s: %.50s', (path, text) => {
    expect(checkFile(path, text)).toEqual([]);
  });
});
