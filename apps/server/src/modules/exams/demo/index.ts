export { seedDemoExams } from './seed-exams.ts';
export { demoBankId, seedDemoQuestions } from './seed-questions.ts';
