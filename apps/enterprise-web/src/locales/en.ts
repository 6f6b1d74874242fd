import type { SameTexts } from '@antu/web-kit';
import { bank } from './en/bank.ts';
import { courses } from './en/courses.ts';
import { exams } from './en/exams.ts';
import { identity } from './en/identity.ts';
import { imports } from './en/imports.ts';
import { people } from './en/people.ts';
import { plans } from './en/plans.ts';
import { shell } from './en/shell.ts';
import { exports, home } from './en/work.ts';
import type { zhCn } from './zh-cn.ts';

/** Texts of this app, English. */
export const en: SameTexts<typeof zhCn> = {
  ...shell,
  home,
  people,
  identity,
  exports,
  courses,
  bank,
  imports,
  exams,
  plans,
};
