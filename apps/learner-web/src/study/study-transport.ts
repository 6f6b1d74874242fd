import type { BeatReport, EndpointAnswer, IdentityChallenge, openStudySession, StudyStatus } from '@antu/contract';

/** The server's answer that opens a session: lesson, rules and where to go on. */
export type OpenedSession = EndpointAnswer<typeof openStudySession>;
export type StudyLesson = OpenedSession['lesson'];
export interface StudyDevice {
  kind: 'phone' | 'tablet' | 'computer';
  name: string;
  /** Random and kept by the browser: tells devices apart; null where nothing is kept. */
  id: string | null;
}

/** The silent picture that the server asked for, or why there is none. */
export type SnapshotReport = { picture: string; failure: null } | { picture: null; failure: string };

/**
 * How the study client talks to the server. Every call rejects with something that carries `status` (HTTP status,
 * 0 when no answer arrived) and `code`.
 */
export interface StudyTransport {
  open(lessonVersionId: string, device: StudyDevice): Promise<OpenedSession>;
  sendBeats(sessionId: string, beats: BeatReport[]): Promise<StudyStatus>;
  answerPresence(sessionId: string, promptId: string, beat: BeatReport): Promise<StudyStatus>;
  close(sessionId: string, beats: BeatReport[]): Promise<StudyStatus>;
  beginCheck(sessionId: string, checkId: string): Promise<IdentityChallenge>;
  settleCheck(sessionId: string, checkId: string, challengeId: string): Promise<StudyStatus>;
  sendSnapshot(sessionId: string, snapshotId: number, report: SnapshotReport): Promise<void>;
}

/** What the study client needs of a player, video or reading view alike. */
export interface StudyMedia {
  positionMs(): number;
  /** Must be called from a user's gesture the first time. */
  play(): void;
  pause(): void;
  seek(positionMs: number): void;
}

/** What went wrong with a request, as far as going on depends on it. */
export type SendFailure = 'retry' | 'signed-out' | 'gone' | 'refused';

/** Tells failures that pass by themselves from those that end the session here. */
export function failureOf(cause: unknown): SendFailure {
  const status = statusOf(cause);
  if (status === 401) return 'signed-out';
  // 409: another instance of the server has the session in hand just now.
  if (status === 409) return 'retry';
  if (status === 404 || status === 410) return 'gone';
  // 0: no answer; 408, 425, 429: come back later; 200: an answer cut off on the way.
  if (status < 400 || status === 408 || status === 425 || status === 429 || status >= 500) return 'retry';
  return 'refused';
}

function statusOf(cause: unknown): number {
  if (typeof cause !== 'object' || cause === null || !('status' in cause)) return 0;
  return typeof cause.status === 'number' ? cause.status : 0;
}
