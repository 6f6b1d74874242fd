import type { SessionProof } from '@antu/contract';
import { troublesWithin } from './identity-lane.ts';
import type { PrintedContent } from './printed-size.ts';
import type { ProofModel } from './proof-model.ts';

/** More times than this are counted in a callout instead of listed. */
export const LISTED_SPANS = 3;
/** More rows with refused time than these may be left to the package: the callouts tell all of it anyway. */
const KEPT_REFUSED = 5;
/** The first rows with refused time and the last row are what a proof is about. */
export function isKeptRow(evidence: SessionProof['evidence'], at: number): boolean {
  if (at === evidence.length - 1) return true;
  return evidence[at]?.refused === true && evidence.slice(0, at).filter((one) => one.refused).length < KEPT_REFUSED;
}

/** What of a proof decides how much room it takes on paper. @param pick takes the words in the language on screen */
export function printedContentOf(
  proof: SessionProof,
  model: ProofModel,
  pick: (words: { zh: string; en: string }) => string,
): PrintedContent {
  const { evidence } = proof;
  const { identity } = model;
  const hasChecks = identity.gapSeconds !== null || identity.checks.length > 0;
  return {
    kept: evidence.filter((_, at) => isKeptRow(evidence, at)).map(pick),
    optional: evidence.filter((_, at) => !isKeptRow(evidence, at)).map(pick),
    callouts: model.callouts.map(({ spans, clause }) => ({
      lines: 1 + Math.min(spans.length, LISTED_SPANS + 1) + troublesWithin(identity.checks, spans).length,
      law: clause ? pick(clause) : '',
    })),
    identity: identity.snapshots.length > 0 ? 'snapshots' : hasChecks ? 'checks' : 'none',
    otherDevices: proof.otherSessions.length,
  };
}
