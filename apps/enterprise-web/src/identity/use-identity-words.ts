import {
  checkMethodNames,
  checkOutcomeNames,
  checkPurposeNames,
  identityFactNames,
  identityProblemNames,
} from '@antu/contract';
import type { IdentityProblem } from '@antu/domain';
import { useTexts } from '../locales/index.ts';
import { identity as zh } from '../locales/zh-cn/identity.ts';

type Remedy = keyof typeof zh.photo.remedy;
const hasRemedy = (problem: string): problem is Remedy => problem in zh.photo.remedy;
const isProblem = (problem: string): problem is IdentityProblem => problem in identityFactNames;
const TONES = { passed: 'ok', pending: 'wait', failed: 'stop' } as const;

/** Words of checks and problems for staff: about the learner, with what to do at a desk. */
export function useIdentityWords() {
  const { t, locale } = useTexts();
  const english = () => locale.value === 'en';
  const pick = (words: { readonly zh: string; readonly en: string }) => (english() ? words.en : words.zh);
  /** A code without words shows itself. */
  const problemName = (problem: string): string => (isProblem(problem) ? pick(identityFactNames[problem]) : problem);

  return {
    problemName,
    problemList: (problems: readonly string[]): string => problems.map(problemName).join(t('words.listJoin')),
    remedyOf: (problem: string): string => {
      if (hasRemedy(problem)) return t(`identity.photo.remedy.${problem}`);
      if (!isProblem(problem)) return '';
      const words = identityProblemNames[problem];
      return english() ? words.remedyEn : words.remedyZh;
    },
    purposeName: (purpose: keyof typeof checkPurposeNames): string => pick(checkPurposeNames[purpose]),
    methodName: (method: keyof typeof checkMethodNames): string => pick(checkMethodNames[method]),
    outcomeName: (outcome: keyof typeof TONES): string => pick(checkOutcomeNames[outcome]),
    outcomeTone: (outcome: keyof typeof TONES) => TONES[outcome],
  };
}
