export type { BankContext } from './context.ts';
export type { NewQuestion } from './check-questions.ts';
export { type CreatedQuestion, createQuestions } from './create-questions.ts';
export { type CandidateQuery, findCandidates, type LoadedVersion, loadVersions } from './find-candidates.ts';
export { type QuestionUse, recordUses, type UseSource } from './record-uses.ts';
export { questionFileUrl, withFileUrls } from './files/signed-address.ts';
export { readQuestionPicture } from './files/read-picture.ts';
export { storeQuestionFile } from './files/store-file.ts';
export { registerBankRoutes } from './routes.ts';
