import { bank } from './zh-cn/bank.ts';
import { courses } from './zh-cn/courses.ts';
import { exams } from './zh-cn/exams.ts';
import { identity } from './zh-cn/identity.ts';
import { imports } from './zh-cn/imports.ts';
import { people } from './zh-cn/people.ts';
import { plans } from './zh-cn/plans.ts';
import { shell } from './zh-cn/shell.ts';
import { exports, home } from './zh-cn/work.ts';

/** Texts of this app, Chinese. */
export const zhCn = { ...shell, home, people, identity, exports, courses, bank, imports, exams, plans } as const;
