export { demoBankId, seedDemoQuestions } from './seed-questions.ts';
