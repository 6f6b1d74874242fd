import type { StudyStatus } from '@antu/contract';
import type { AnomalyCode, Interval } from '@antu/domain';
import type { RouteContext } from '../../platform/http/route.ts';
import { AppError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/module.ts';
import { recordAudit } from '../audit/index.ts';
import { requireOwnPerson } from '../people/index.ts';
import type { Wish } from './advance-session.ts';
import { type BeatWriter, createBeatWriter } from './beat-writer.ts';
import { findEndedSession, findOwnerOfSession, type KnownSession } from './ended-session.ts';
import { floodGuard } from './flood-guard.ts';
import { generationCache } from './generation-cache.ts';
import { presentStatus } from './present.ts';

type StudyContext = RouteContext<'study.own'>;

/** What one process remembers to serve study sessions. Everything in it may be lost at any moment. */
export type StudyDoor = {
  writer: BeatWriter;
  /** Takes the wish of the signed-in person about one of their sessions into account; answers once it is committed. */
  obey(ctx: StudyContext, sessionId: string, makeWish: (nowMs: number) => Wish): Promise<StudyStatus>;
  /** Notes what was sent to a session to its end; answers once it is committed. */
  deliver(personId: string, sessionId: string, spans: readonly Interval[]): Promise<'noted' | 'not-running'>;
  /** Leaves evidence of a request that was refused before it could become a wish. */
  noteAnomaly(personId: string, sessionId: string | null, code: AnomalyCode): Promise<void>;
};

/** Makes the door of a process. */
export function createStudyDoor({ pool, settings, clock }: Platform): StudyDoor {
  const writer = createBeatWriter({ pool, groups: settings.beatGroups, windowMs: settings.beatWindowMs });
  const floods = floodGuard();
  const endedSessions = generationCache<KnownSession>(20_000);
  const recorded = generationCache<true>(20_000);

  const noteAnomaly: StudyDoor['noteAnomaly'] = async (personId, sessionId, code) => {
    await writer.submit({ personId, sessionId, wish: { type: 'anomaly', code, nowMs: clock.nowMs() } });
  };

  /** One row of the audit log per person and session: the first attempt tells, thousands would only fill the disk. */
  const recordOnce = async (ctx: StudyContext, sessionId: string, what: string) => {
    const key = `${ctx.actor.accountId} ${sessionId}`;
    if (recorded.get(key)) return;
    recorded.set(key, true);
    await recordAudit(pool, ctx, {
      action: 'study.own',
      object: { kind: 'study-session', id: sessionId },
      outcome: 'denied',
      detail: { what },
    });
  };

  const answerNotRunning = async (ctx: StudyContext, personId: string, sessionId: string): Promise<StudyStatus> => {
    const known = endedSessions.get(sessionId) ?? (await findEndedSession(pool, sessionId));
    if (known) endedSessions.set(sessionId, known);
    if (known?.personId === personId) {
      // The device that was taken over learns of it this way; everybody else was told already.
      if (known.status.reason !== 'taken-over') await recordOnce(ctx, sessionId, 'report after the end');
      return known.status;
    }
    const owner = known?.personId ?? (await findOwnerOfSession(pool, sessionId));
    // Closed by another instance between the two looks, or running there: the player asks again.
    if (owner === personId) throw new AppError('platform.conflict');
    await recordOnce(ctx, sessionId, owner ? 'session of somebody else' : 'unknown session');
    await noteAnomaly(personId, null, 'foreign-session');
    throw new AppError('study.session_not_found');
  };

  return {
    writer,
    noteAnomaly,
    async deliver(personId, sessionId, spans) {
      const wish: Wish = { type: 'delivered', spans, nowMs: clock.nowMs() };
      const session = await writer.submit({ personId, sessionId, wish });
      return session && !session.state.ended ? 'noted' : 'not-running';
    },
    async obey(ctx, sessionId, makeWish) {
      const personId = requireOwnPerson(ctx.actor);
      const nowMs = clock.nowMs();
      const judged = floods.judge(`${personId}${sessionId}`, nowMs);
      if (judged !== 'pass') {
        if (judged === 'first') await noteAnomaly(personId, sessionId, 'flood');
        throw new AppError('platform.too_many_requests');
      }
      const session = await writer.submit({ personId, sessionId, wish: makeWish(nowMs) });
      return session ? presentStatus(session, nowMs) : answerNotRunning(ctx, personId, sessionId);
    },
  };
}
