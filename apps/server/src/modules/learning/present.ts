import type { StudyStatus } from '@antu/contract';
import { viewState } from '@antu/domain';
import type { LiveSession } from './live-session.ts';

/** What the player is told about its running session. */
export function presentStatus(session: LiveSession, nowMs: number): StudyStatus {
  const { answerWithinMs, check, snapshot, ...view } = viewState(session.state, nowMs, session.limits);
  return {
    sessionId: session.sessionId,
    ...view,
    prompt: session.promptId && answerWithinMs !== null ? { id: session.promptId, answerWithinMs } : null,
    check: session.checkId && check ? { id: session.checkId, ...check } : null,
    snapshot: snapshot === null ? null : { id: snapshot },
    lastSeq: session.state.lastSeq,
  };
}
