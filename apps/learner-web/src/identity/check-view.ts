import type { IdentityChallenge } from '@antu/contract';
import type { CameraFault } from '@antu/web-kit';

/**
 * Where a check stands. `intro`: not begun; `step`: do what the prompt says; `sending`: pictures travel or are judged;
 * `settling`: the verdict is there, the session is told; `trouble`: no camera; `broken`: no verdict could be had.
 */
export type CheckPhase =
  | 'intro'
  | 'opening'
  | 'step'
  | 'sending'
  | 'settling'
  | 'passed'
  | 'pending'
  | 'failed'
  | 'trouble'
  | 'broken';

/** What a screen draws. A new object after every change. */
export interface CheckView {
  phase: CheckPhase;
  /** The step on the screen. */
  challenge: IdentityChallenge | null;
  /** The network is slow or gone; pictures are sent again. */
  slow: boolean;
  /** Keys of `identityProblemNames`, the most useful first. */
  problems: readonly string[];
  fault: CameraFault | null;
  error: unknown;
  /** Base64 of the last picture taken: shows what the camera saw. */
  lastPicture: string | null;
  /** The page was left in the middle and the steps have to be done again: at no cost, or for a try once a prompt was seen. */
  interrupted: 'free' | 'costly' | null;
}

export const FIRST_CHECK_VIEW: CheckView = {
  phase: 'intro',
  challenge: null,
  slow: false,
  problems: [],
  fault: null,
  error: null,
  lastPicture: null,
  interrupted: null,
};
