import type { Platform } from '../../../platform/module.ts';
import { seedDemoExamDays } from './seed-exam-days.ts';
import { seedDemoPlans } from './seed-plans.ts';
import { seedDemoQuestions } from './seed-questions.ts';

/** Writes what the demo has for exams: questions, plans that draw from them, and two dates. Repeated, it changes nothing. */
export async function seedDemoExams(platform: Platform): Promise<void> {
  await seedDemoQuestions(platform);
  await seedDemoPlans(platform);
  await seedDemoExamDays(platform);
}
