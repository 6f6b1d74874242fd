import {
  answerForReview,
  answerWithCode,
  type EndpointAnswer,
  type IdentityChallenge,
  type IdentityVerdict,
  sendCheckFrames,
} from '@antu/contract';
import { api } from '@antu/web-kit';

/** A picture with the stopwatch reading since the challenge began, ms. */
export interface CheckFrame {
  atMs: number;
  picture: string;
}
export type StepAnswer = EndpointAnswer<typeof sendCheckFrames>;

/** How a check talks to the server. Every call rejects with something that carries `status`, 0 without an answer. */
export interface CheckTransport {
  begin(): Promise<IdentityChallenge>;
  sendFrames(challenge: IdentityChallenge, frames: CheckFrame[], signal: AbortSignal): Promise<StepAnswer>;
  answerWithCode(challenge: IdentityChallenge, code: string): Promise<IdentityVerdict>;
  answerForReview(challenge: IdentityChallenge, face: string, idCard: string): Promise<IdentityVerdict>;
}

/** The server behind the app's own client. @param begin asks for a challenge: a sign-in and a study session differ in it */
export function createCheckTransport(begin: () => Promise<IdentityChallenge>): CheckTransport {
  return {
    begin,
    sendFrames: ({ challengeId, step, nonce }, frames, signal) =>
      api.call(sendCheckFrames, { params: { challengeId, step }, body: { nonce, frames } }, { signal }),
    answerWithCode: ({ challengeId }, code) => api.call(answerWithCode, { params: { challengeId }, body: { code } }),
    answerForReview: ({ challengeId, nonce }, face, idCard) =>
      api.call(answerForReview, { params: { challengeId }, body: { nonce, face, idCard } }),
  };
}
