import {
  getSitting,
  reportSittingEvents,
  saveAnswers,
  sendExamPicture,
  startSitting,
  submitSitting,
} from '@antu/contract';
import { type Api, type Session, toApiError } from '@antu/web-kit';
import type { SittingTransport } from './sitting-transport.ts';

/** A request that takes longer is tried again under the same number. */
const TIMEOUT_MS = 10_000;
/** A paper on a slow line. */
const PAPER_TIMEOUT_MS = 30_000;

/** What is under way when the page goes away still arrives, as long as it is short: browsers refuse more than 64 KiB. */
const MOST_LETTERS = 16_000;
const fitsLastWords = (body: unknown): boolean => JSON.stringify(body).length <= MOST_LETTERS;

/** A sitting's line to the server through the app's own client. @param deviceId random, kept by this browser */
export function createSittingTransport(
  api: Api,
  session: Session,
  sittingId: string,
  deviceId: string,
): SittingTransport {
  const params = { sittingId };
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
      // Opened without a network, or signed in anew in another tab: the token is missing or old, the person is the same.
      if (toApiError(cause).code !== 'platform.csrf_mismatch') throw cause;
      await session.refresh();
      return attempt();
    }
  };
  return {
    look: () => within(TIMEOUT_MS, (signal) => api.call(getSitting, { params }, { signal })),
    start: (takeOver) =>
      within(PAPER_TIMEOUT_MS, (signal) =>
        api.call(startSitting, { params, body: { deviceId, takeOver } }, { signal }),
      ),
    save: (body) =>
      within(TIMEOUT_MS, (signal) =>
        api.call(saveAnswers, { params, body: body as never }, { signal, keepalive: fitsLastWords(body) }),
      ),
    report: (body) =>
      within(TIMEOUT_MS, (signal) =>
        api.call(reportSittingEvents, { params, body }, { signal, keepalive: fitsLastWords(body) }),
      ),
    submit: (deviceToken) =>
      within(TIMEOUT_MS, (signal) => api.call(submitSitting, { params, body: { deviceToken } }, { signal })),
    sendPicture: (pictureId, deviceToken, report) =>
      within(PAPER_TIMEOUT_MS, (signal) =>
        api.call(sendExamPicture, { params: { ...params, pictureId }, body: { deviceToken, ...report } }, { signal }),
      ),
  };
}
