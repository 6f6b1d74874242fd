export { shortageError } from './check-plan.ts';
export { drawFromPlan, paperDrawer } from './draw-from-plan.ts';
export { regionOfOrganisation } from './organisation-region.ts';
export { type ExamPlan, findPlan, selectPlans, sizeOf } from './plan-rows.ts';
export { createPlan } from './save-plan.ts';
export { registerPlanRoutes } from './routes.ts';
