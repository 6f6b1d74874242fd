import type { ExamPlanView } from '@antu/contract';
import type { ExamLimits } from '@antu/domain';

/** What somebody has filled in to plan an exam. Times are boxes of the browser: `2026-12-03T09:00`, China time. */
export interface ExamDraft {
  readonly planId: string;
  readonly titleZh: string;
  readonly mode: 'online' | 'place';
  readonly address: string;
  readonly opens: string;
  readonly closes: string;
  readonly capacity: string;
  readonly courseIds: readonly string[];
}
export type DraftField = 'plan' | 'title' | 'address' | 'window' | 'capacity';
export type DraftProblem = 'plan' | 'title' | 'address' | 'window' | 'order' | 'past' | 'short' | 'months' | 'capacity';

const MOST_PEOPLE = 100_000;

/** Epoch ms of a box with China time; NaN when it is empty. */
export const chinaMs = (box: string): number => Date.parse(`${box}:00+08:00`);

/**
 * What is missing or cannot be, by field. The server decides; this only saves a way there and back.
 * @param limits numbers of the plan's rules; undefined while none is chosen
 * @param nowMs epoch ms
 */
export function findDraftProblems(
  draft: ExamDraft,
  limits: ExamLimits | undefined,
  nowMs: number,
): Partial<Record<DraftField, DraftProblem>> {
  const found: Partial<Record<DraftField, DraftProblem>> = {};
  if (limits === undefined) found.plan = 'plan';
  if ([...draft.titleZh.trim()].length < 2) found.title = 'title';
  if (draft.mode === 'place' && draft.address.trim() === '') found.address = 'address';
  const window = findWindowProblem(draft, limits, nowMs);
  if (window) found.window = window;
  const capacity = Number(draft.capacity);
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > MOST_PEOPLE) found.capacity = 'capacity';
  return found;
}

function findWindowProblem(
  { opens, closes }: ExamDraft,
  limits: ExamLimits | undefined,
  nowMs: number,
): DraftProblem | undefined {
  const [opensMs, closesMs] = [chinaMs(opens), chinaMs(closes)];
  if (Number.isNaN(opensMs) || Number.isNaN(closesMs)) return 'window';
  if (closesMs <= opensMs) return 'order';
  if (opensMs <= nowMs) return 'past';
  if (limits === undefined) return undefined;
  if (closesMs - opensMs < limits.durationSeconds * 1000) return 'short';
  const months = [opens, closes].map((box) => Number(box.slice(5, 7)));
  return months.some((month) => month < limits.firstMonth || month > limits.lastMonth) ? 'months' : undefined;
}

/** Whether booking has ended already when the date is published: learners cannot book, the organiser registers them. */
export const isTooLateToBook = (
  opens: string,
  { bookingEndsSeconds }: Pick<ExamLimits, 'bookingEndsSeconds'>,
  nowMs: number,
): boolean => chinaMs(opens) > nowMs && chinaMs(opens) - bookingEndsSeconds * 1000 <= nowMs;

/** Plans from which a dated exam can be drawn: not those for mock exams, not retired ones. */
export const plansForExams = (plans: readonly ExamPlanView[]): ExamPlanView[] =>
  plans.filter((plan) => !plan.isMock && plan.retiredAt === null);
