import type { EndpointAnswer, saveAnswers, SittingPaper, SittingView } from '@antu/contract';
import type { Answer } from '@antu/domain';
import type { SnapshotReport } from '../study/study-transport.ts';

/** What the page notices about itself. */
export type PageEvent = 'left' | 'back' | 'copy' | 'paste' | 'print' | 'offline' | 'online';

export type SaveAnswer = EndpointAnswer<typeof saveAnswers>;
export interface SaveRequest {
  deviceToken: string;
  seq: number;
  answers: { item: number; answer: Answer; agoMs: number }[];
}
export interface EventRequest {
  deviceToken: string;
  events: { kind: PageEvent; agoMs: number }[];
}

/** How a sitting talks to the server. Every call rejects with something that carries `status` (0 = no answer) and `code`. */
export interface SittingTransport {
  look(): Promise<SittingView>;
  start(takeOver: boolean): Promise<SittingPaper>;
  save(request: SaveRequest): Promise<SaveAnswer>;
  report(request: EventRequest): Promise<SittingView>;
  submit(deviceToken: string): Promise<SittingView>;
  sendPicture(pictureId: number, deviceToken: string, report: SnapshotReport): Promise<{ taken: boolean }>;
}

/**
 * What a failure means for going on. `later`: passes by itself; `elsewhere`: the sitting runs on another device; `over`: nothing
 * is taken any more; `signed-out`; `refused`: the server will not have it, whatever is done.
 */
export type Trouble = 'later' | 'elsewhere' | 'over' | 'signed-out' | 'refused';

/** Codes of the contract that decide what a screen shows. */
export const ELSEWHERE_CODE = 'exams.other_device';
export const VOIDED_CODE = 'exams.voided';
export const OVER_CODES: ReadonlySet<string> = new Set(['exams.over', VOIDED_CODE]);

/** Tells what went wrong from status and code. */
export function troubleOf(cause: unknown): Trouble {
  const { status, code } = failureOf(cause);
  if (code === ELSEWHERE_CODE) return 'elsewhere';
  if (OVER_CODES.has(code)) return 'over';
  if (status === 401) return 'signed-out';
  // What the exam module says it means: asking again does not change it.
  if (code.startsWith('exams.')) return 'refused';
  // 409 and 425: another request of ours is in hand; 408, 429, 5xx: come back later; below 400: cut off on the way.
  if (status < 400 || [408, 409, 425, 429].includes(status) || status >= 500) return 'later';
  return 'refused';
}

/** Status and code of anything thrown; 0 and '' where there is none. */
export function failureOf(cause: unknown): { status: number; code: string } {
  const { status, code } = (typeof cause === 'object' && cause !== null ? cause : {}) as Record<string, unknown>;
  return { status: typeof status === 'number' ? status : 0, code: typeof code === 'string' ? code : '' };
}
