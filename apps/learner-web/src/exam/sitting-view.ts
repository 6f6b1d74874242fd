import type { SittingPaper, SittingView } from '@antu/contract';
import type { Answer } from '@antu/domain';
import type { CameraState } from './picture-taker.ts';
import type { Answered } from './question/answers.ts';
import type { TimeCall } from './time-calls.ts';

/**
 * `opening`: asking for the paper; `ready`: it may begin, time does not count yet; `door`: the server will not let us in (yet), see `refusal`; `open`: questions can be answered;
 * `handing-in`: what is here goes to the server, then the sitting is handed in; `time-up`: the same, because time is over;
 * `elsewhere`: it goes on on another device; `signed-out`; `over`.
 */
export type SittingPhase =
  | 'opening'
  | 'ready'
  | 'door'
  | 'open'
  | 'handing-in'
  | 'time-up'
  | 'elsewhere'
  | 'signed-out'
  | 'over';

/** One question as screens show it. */
export interface ItemView {
  readonly item: number;
  readonly points: number;
  readonly question: SittingPaper['items'][number]['question'];
  readonly answer: Answer;
  readonly answered: Answered;
  /** The server has what stands here. */
  readonly saved: boolean;
  /** Server time, ms since 1970, when it was given. */
  readonly givenMs: number | null;
  readonly flagged: boolean;
}

/** What screens draw. A new object after every change. */
export interface SittingScreen {
  readonly phase: SittingPhase;
  readonly facts: SittingView | null;
  readonly items: readonly ItemView[];
  /** Place of the question on screen. */
  readonly at: number;
  /** Answers that only this device has. */
  readonly unsent: number;
  /** The network is gone; answering goes on. */
  readonly offline: boolean;
  /** Answers are kept after the page is closed; false where the browser does not let us. */
  readonly kept: boolean;
  /** Why the server does not let us in, or does not take an answer. */
  readonly refusal: { readonly code: string; readonly error: unknown } | null;
  readonly busy: boolean;
  /** Time called out last; null after some seconds. */
  readonly call: TimeCall | null;
  /** Time that was just added, seconds; null after the learner has seen it. */
  readonly added: number | null;
  /** Answers that came after the end and do not count. */
  readonly late: number;
  /** The camera that takes pictures in passing, and why the last one failed. */
  readonly camera: { readonly state: CameraState; readonly fault: string | null };
}

export const FIRST_SCREEN: SittingScreen = {
  phase: 'opening',
  facts: null,
  items: [],
  at: 0,
  unsent: 0,
  offline: false,
  kept: true,
  refusal: null,
  busy: false,
  call: null,
  added: null,
  late: 0,
  camera: { state: 'off', fault: null },
};
