import type { getLearningCourse, getLearningHome } from '@antu/contract';
import { chinaDateOf } from '@antu/domain';
import type { z } from 'zod';
import { AppError } from '../../../platform/errors.ts';
import type { RouteContext } from '../../../platform/http/route.ts';
import { findPersonName, requireOwnPerson } from '../../people/index.ts';
import { readOwnDayCredit } from './day-credit.ts';
import { readObligations, standingOf } from './obligations.ts';

/** May I work, and what do I still owe? */
export async function readLearningHome(
  ctx: RouteContext<'study.own'>,
): Promise<z.input<(typeof getLearningHome)['answer']>> {
  const personId = requireOwnPerson(ctx.actor);
  const nowMs = ctx.nowMs();
  const [obligations, person, todaySeconds] = await Promise.all([
    readObligations(ctx.pool, personId, nowMs),
    findPersonName(ctx.pool, ctx.platform.keys, personId),
    readOwnDayCredit(ctx.pool, personId, nowMs),
  ]);
  const standing = standingOf(obligations, nowMs);
  const year = chinaDateOf(nowMs).slice(0, 4);
  return {
    displayName: person?.name ?? '',
    standing: { ...standing, unmet: [...standing.unmet] },
    obligations: obligations.filter((one) => one.view.state !== 'done').map((one) => one.view),
    doneThisYear: obligations
      .filter(
        (one) => one.view.state === 'done' && one.finishedAt && chinaDateOf(one.finishedAt.getTime()).startsWith(year),
      )
      .sort((a, b) => (b.finishedAt?.getTime() ?? 0) - (a.finishedAt?.getTime() ?? 0))
      .map((one) => one.view),
    todaySeconds,
  };
}

/** A course that the person owes, with one state per lesson. */
export async function readLearningCourse(
  ctx: RouteContext<'study.own'>,
  courseId: string,
): Promise<z.input<(typeof getLearningCourse)['answer']>> {
  const obligations = await readObligations(ctx.pool, requireOwnPerson(ctx.actor), ctx.nowMs());
  const found = obligations.find((one) => one.view.courseId === courseId);
  if (!found) throw new AppError('learning.course_not_owed', { courseId });
  return { obligation: found.view, summaryZh: found.summaryZh, lessons: [...found.lessons] };
}
