import type { ExamPlanView } from '@antu/contract';

export const planFilters = ['used', 'mock', 'retired', 'all'] as const;
export type PlanFilter = (typeof planFilters)[number];
type Plan = Pick<ExamPlanView, 'isMock' | 'retiredAt'>;

const belongs: Readonly<Record<PlanFilter, (plan: Plan) => boolean>> = {
  used: ({ retiredAt }) => retiredAt === null,
  mock: ({ isMock, retiredAt }) => isMock && retiredAt === null,
  retired: ({ retiredAt }) => retiredAt !== null,
  all: () => true,
};

export const plansOf = <One extends Plan>(plans: readonly One[], filter: PlanFilter): One[] =>
  plans.filter(belongs[filter]);

export const countPlans = (plans: readonly Plan[]): Record<PlanFilter, number> => ({
  used: plansOf(plans, 'used').length,
  mock: plansOf(plans, 'mock').length,
  retired: plansOf(plans, 'retired').length,
  all: plans.length,
});
