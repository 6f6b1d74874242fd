import { describe, expect, it } from 'vitest';
import { type AwaitedOutcome, type CheckOfAwaited, type GateOfAwaited, settleAwaited } from './index.ts';

describe('seconds that wait for a check, for a quiz, or for both', () => {
  const gates: readonly GateOfAwaited[] = ['none', 'open', 'passed', 'failed'];
  it.each<[check: CheckOfAwaited, ...outcomes: AwaitedOutcome[]]>([
    ['none', 'award', 'open', 'award', 'refused-quiz'],
    ['open', 'open', 'open', 'open', 'refused-quiz'],
    ['approved', 'award', 'open', 'award', 'refused-quiz'],
    ['rejected', 'refused-identity', 'refused-identity', 'refused-identity', 'refused-identity'],
  ])('check %s: quiz none %s, open %s, passed %s, failed %s', (check, ...outcomes) => {
    expect(gates.map((gate) => settleAwaited(check, gate))).toEqual(outcomes);
  });
});
