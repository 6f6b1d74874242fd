import { Allowance } from '../../platform/http/allowance.ts';

/**
 * Whoever has a code that exists holds the paper: those are not counted, so that an office behind one address, or a check point
 * that scans a queue, is never locked out. What is counted is guessing: codes that do not exist, and names.
 */
export interface VerificationLimits {
  readonly unknownCodes: Allowance;
  readonly names: Allowance;
  /** Over all addresses: a name is not to be found by many machines together. */
  readonly namesOfCode: Allowance;
}

const TEN_MINUTES = 600;

export const makeLimits = (): VerificationLimits => ({
  unknownCodes: new Allowance({ burst: 60, perSecond: 1, most: 100_000 }),
  names: new Allowance({ burst: 5, perSecond: 5 / TEN_MINUTES, most: 100_000 }),
  namesOfCode: new Allowance({ burst: 20, perSecond: 20 / TEN_MINUTES, most: 100_000 }),
});
