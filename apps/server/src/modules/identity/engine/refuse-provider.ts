import type { IdentityProvider, JudgeAnswer } from './provider.ts';

const refusal: JudgeAnswer = {
  outcome: 'failed',
  problems: ['provider-away'],
  signs: [],
  distance: null,
  bestFrame: null,
  detail: {},
};

/** For places where no machine may decide about faces: nothing is enrolled or judged, the other ways stay open. */
export function createRefuseProvider(): IdentityProvider {
  return {
    name: 'refuse',
    enrol: () => Promise.resolve({ outcome: 'refused', problems: ['provider-away'] }),
    judge: () => Promise.resolve(refusal),
    close: () => Promise.resolve(),
  };
}
