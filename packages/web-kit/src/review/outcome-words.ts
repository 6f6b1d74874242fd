import { checkOutcomeNames, identityFactNames, snapshotFindingNames } from '@antu/contract';

export type OutcomeTone = 'ok' | 'stop' | 'wait' | 'quiet';
interface Words {
  readonly zh: string;
  readonly en: string;
}

const NAMES: Readonly<Record<string, Words>> = { ...identityFactNames, ...snapshotFindingNames, ...checkOutcomeNames };
const TONES: Readonly<Record<string, OutcomeTone>> = {
  passed: 'ok',
  match: 'ok',
  pending: 'wait',
  unjudged: 'quiet',
};

/** What a picture was judged to show: words and how they are coloured. A code that is newer than this page shows itself. */
export function describeOutcome(outcome: string | null): { readonly words: Words; readonly tone: OutcomeTone } | null {
  if (outcome === null) return null;
  return { words: NAMES[outcome] ?? { zh: outcome, en: outcome }, tone: TONES[outcome] ?? 'stop' };
}
