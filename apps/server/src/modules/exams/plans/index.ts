export { drawFromPlan, paperDrawer } from './draw-from-plan.ts';
export { shortageError } from './manage-plans.ts';
export { regionOfOrganisation } from './organisation-region.ts';
export { type ExamPlan, findPlan, selectPlans, sizeOf } from './plan-rows.ts';
export { registerPlanRoutes } from './routes.ts';
