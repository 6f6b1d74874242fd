import {
  checkKindNames,
  checkMethodNames,
  checkOutcomeNames,
  checkPurposeNames,
  identityFactNames,
  snapshotFindingNames,
} from '@antu/contract';
import { formatClock } from '@antu/web-kit';
import { useTexts } from '../locales/index.ts';
import type { ModelCheck, ModelSnapshot } from '../proof/identity-lane.ts';
import { useWords } from './use-words.ts';

export type CheckTone = 'ok' | 'wait' | 'stop' | 'info';
const OUTCOME_TONES: Readonly<Record<NonNullable<ModelCheck['outcome']>, CheckTone>> = {
  passed: 'ok',
  pending: 'wait',
  failed: 'stop',
  missed: 'stop',
};
const FINDING_TONES: Readonly<Record<ModelSnapshot['finding'], CheckTone>> = {
  match: 'ok',
  unjudged: 'info',
  missing: 'wait',
  'no-face': 'stop',
  'two-faces': 'stop',
  'other-person': 'stop',
};

/** Words of identity checks for inspectors: about the learner, in the language on screen. */
export function useCheckWords() {
  const { t } = useTexts();
  const { pick } = useWords();

  const outcomeName = (outcome: ModelCheck['outcome']): string =>
    outcome === null ? t('proof.identity.open') : pick(checkOutcomeNames[outcome]);
  /** A code without words shows itself. */
  const problemName = (code: string): string => {
    const names: Readonly<Record<string, { zh: string; en: string } | undefined>> = identityFactNames;
    const words = names[code];
    return words ? pick(words) : code;
  };
  const problemList = (problems: readonly string[]): string => problems.map(problemName).join(t('common.listJoin'));
  const kindName = (kind: ModelCheck['kind']): string => pick(checkKindNames[kind]);
  /** 未通过，光线太暗. What came before a pass is told as that. */
  const outcomeWords = ({ outcome, problems, triesUsed }: ModelCheck): string => {
    const name = outcomeName(outcome);
    if (outcome === 'passed' && triesUsed > 1) {
      const words = problems.length > 0 ? 'proof.identity.passedAfterWhy' : 'proof.identity.passedAfter';
      return t(words, { n: triesUsed, outcome: name, problems: problemList(problems) });
    }
    return [name, problemList(problems)].filter((one) => one !== '').join(t('common.comma'));
  };

  return {
    kindName,
    outcomeName,
    outcomeWords,
    problemList,
    methodName: (method: NonNullable<ModelCheck['method']>): string => pick(checkMethodNames[method]),
    purposeName: (purpose: keyof typeof checkPurposeNames): string => pick(checkPurposeNames[purpose]),
    findingName: (finding: ModelSnapshot['finding']): string => pick(snapshotFindingNames[finding]),
    /** One sentence for screen readers and titles: 20:05:13 随机核验，通过. */
    sentenceOf: (check: ModelCheck): string =>
      [`${formatClock(new Date(check.askedMs), true)} ${kindName(check.kind)}`, outcomeWords(check)].join(
        t('common.comma'),
      ),
    snapshotSentence: (one: ModelSnapshot): string =>
      [
        `${formatClock(new Date(one.atMs), true)} ${t('proof.identity.snapshot')}`,
        pick(snapshotFindingNames[one.finding]),
      ].join(t('common.comma')),
    /** A check that gave trouble, for the callout of the time that it cost. */
    causeOf: (check: ModelCheck): string =>
      t('proof.identity.cause', {
        at: formatClock(new Date(check.askedMs), true),
        kind: kindName(check.kind),
        outcome: outcomeWords(check),
      }),
    outcomeTone: (outcome: ModelCheck['outcome']): CheckTone => (outcome === null ? 'info' : OUTCOME_TONES[outcome]),
    findingTone: (finding: ModelSnapshot['finding']): CheckTone => FINDING_TONES[finding],
  };
}
