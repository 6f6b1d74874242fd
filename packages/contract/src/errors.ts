import { courseErrors } from './courses-errors.ts';
import type { ErrorText } from './define-errors.ts';
import { documentErrors } from './documents-errors.ts';
import { examErrors } from './exams-errors.ts';
import { peopleErrors } from './people-errors.ts';
import { identityErrors } from './identity-errors.ts';
import { reviewDeskErrors } from './review-desk-errors.ts';
import { learningErrors } from './learning-errors.ts';
import { learningViewsErrors } from './learning-views-errors.ts';
import { examPlanErrors } from './exam-plans-errors.ts';
import { certificateErrors } from './certificates-errors.ts';
import { licenceErrors } from './licences-errors.ts';
import { questionBankErrors } from './question-bank-errors.ts';
import { questionImportErrors } from './question-import-errors.ts';
import { practiceErrors } from './practice-errors.ts';
import { quizErrors } from './quizzes-errors.ts';
import { recognitionErrors } from './recognition-errors.ts';
import { credentialErrors } from './credentials-errors.ts';
import { verificationErrors } from './verification-errors.ts';
import { platformErrors } from './platform-errors.ts';

/** Every error code of the system with its status and texts. Modules add a line for their own file. */
export const errorCatalogue = {
  ...platformErrors,
  ...identityErrors,
  ...reviewDeskErrors,
  ...learningErrors,
  ...learningViewsErrors,
  ...peopleErrors,
  ...courseErrors,
  ...documentErrors,
  ...examErrors,
  ...questionBankErrors,
  ...questionImportErrors,
  ...practiceErrors,
  ...quizErrors,
  ...examPlanErrors,
  ...certificateErrors,
  ...licenceErrors,
  ...recognitionErrors,
  ...verificationErrors,
  ...credentialErrors,
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Body of every answer that is not a success. */
export type ErrorAnswer = {
  error: { code: ErrorCode; message: string; details: Record<string, unknown>; requestId: string };
};

/** Tells whether a string is a code of the catalogue. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

/** The catalogue's sentence with `{name}` replaced by the details of that name. */
export function errorMessage(
  code: ErrorCode,
  details: Record<string, unknown> = {},
  language: 'zh' | 'en' = 'zh',
): string {
  const text: ErrorText = errorCatalogue[code];
  return text[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
}
