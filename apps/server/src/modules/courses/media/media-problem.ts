import type { MediaFailure } from '@antu/contract';

/** A reason why this file will never play, or cannot be processed at present. */
export class MediaProblem extends Error {
  readonly failure: MediaFailure;

  constructor(failure: MediaFailure, complaints = '') {
    super(`${failure}: ${complaints}`);
    this.name = 'MediaProblem';
    this.failure = failure;
  }
}

/** Problems of the machine, not of the file: tried again by the calendar until they are gone. */
export const passingFailures = ['ffmpeg-missing', 'disk-full'] as const satisfies readonly MediaFailure[];

/** True for an error of the file system that says there is no room. */
export const isDiskFull = (error: unknown): boolean => hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT');

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
