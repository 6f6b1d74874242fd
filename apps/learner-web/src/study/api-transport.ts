import {
  answerPresence,
  beginStudyCheck,
  closeStudySession,
  openStudySession,
  sendBeats,
  sendSnapshot,
  settleStudyCheck,
} from '@antu/contract';
import { type Api, type Session, toApiError } from '@antu/web-kit';
import type { StudyTransport } from './study-transport.ts';

/** A beat that takes longer is tried again under the same number. */
const BEAT_TIMEOUT_MS = 10_000;
const OPEN_TIMEOUT_MS = 20_000;
/** A picture on a slow uplink. */
const PICTURE_TIMEOUT_MS = 30_000;

/** The study client's line to the server through the app's own client. */
export function createApiTransport(api: Api, session: Session): StudyTransport {
  const within = async <T>(timeoutMs: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const attempt = async () => {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), timeoutMs);
      try {
        return await run(abort.signal);
      } finally {
        clearTimeout(timer);
      }
    };
    try {
      return await attempt();
    } catch (cause) {
      // Signed in anew in another tab: the token changed, the person did not.
      if (toApiError(cause).code !== 'platform.csrf_mismatch') throw cause;
      await session.refresh();
      return attempt();
    }
  };
  // keepalive: the last words of a page that goes away must still arrive.
  const last = (signal: AbortSignal) => ({ signal, keepalive: true });
  return {
    open: (lessonVersionId, device) =>
      within(OPEN_TIMEOUT_MS, (signal) =>
        api.call(openStudySession, { body: { lessonVersionId, device, clientNowMs: Date.now() } }, { signal }),
      ),
    sendBeats: (sessionId, beats) =>
      within(BEAT_TIMEOUT_MS, (signal) =>
        api.call(sendBeats, { params: { sessionId }, body: { beats } }, last(signal)),
      ),
    answerPresence: (sessionId, promptId, beat) =>
      within(BEAT_TIMEOUT_MS, (signal) =>
        api.call(answerPresence, { params: { sessionId }, body: { promptId, beat } }, last(signal)),
      ),
    close: (sessionId, beats) =>
      within(BEAT_TIMEOUT_MS, (signal) =>
        api.call(closeStudySession, { params: { sessionId }, body: { beats } }, last(signal)),
      ),
    beginCheck: (sessionId, checkId) =>
      within(OPEN_TIMEOUT_MS, (signal) => api.call(beginStudyCheck, { params: { sessionId, checkId } }, { signal })),
    settleCheck: (sessionId, checkId, challengeId) =>
      within(OPEN_TIMEOUT_MS, (signal) =>
        api.call(settleStudyCheck, { params: { sessionId, checkId }, body: { challengeId } }, { signal }),
      ),
    sendSnapshot: async (sessionId, snapshotId, report) => {
      await within(PICTURE_TIMEOUT_MS, (signal) =>
        api.call(sendSnapshot, { params: { sessionId, snapshotId }, body: report }, { signal }),
      );
    },
  };
}
