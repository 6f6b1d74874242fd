/** How far people have decided about the check of identity that seconds wait for; `none`: they wait for none. */
export type CheckOfAwaited = 'none' | 'open' | 'approved' | 'rejected';
/** How far the round of the quiz is that seconds wait for; `none`: they wait for none. */
export type GateOfAwaited = 'none' | 'open' | 'passed' | 'failed';

/** What becomes of seconds that waited; a refusal names who said no. */
export type AwaitedOutcome = 'open' | 'award' | 'refused-identity' | 'refused-quiz';

/** Seconds count when everything they wait for was decided for them, and never otherwise. One no is enough. */
export function settleAwaited(check: CheckOfAwaited, gate: GateOfAwaited): AwaitedOutcome {
  if (check === 'rejected') return 'refused-identity';
  if (gate === 'failed') return 'refused-quiz';
  return check === 'open' || gate === 'open' ? 'open' : 'award';
}
