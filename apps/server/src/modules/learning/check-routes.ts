import { beginStudyCheck, sendSnapshot, settleStudyCheck } from '@antu/contract';
import { bucketOf, getStudyRuleSet } from '@antu/domain';
import type { FastifyInstance } from 'fastify';
import type { Queryable } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { serve } from '../../platform/http/route.ts';
import { requireOwnPerson } from '../people/index.ts';
import type { IdentifiedSession, IdentityPort } from './identity-port.ts';
import { type LiveSession, loadLiveSessions } from './live-session.ts';
import type { StudyDoor } from './study-door.ts';

const policy = 'study.own' as const;

/** Routes by which a study session learns who sits there. */
export function registerCheckRoutes(app: FastifyInstance, door: StudyDoor, identity: IdentityPort): void {
  serve(app, beginStudyCheck, {
    policy,
    summary: 'Begin the identity check that a study session asks for',
    handler: async (ctx, { params }) => {
      const session = await getOwnSession(ctx.pool, requireOwnPerson(ctx.actor), params.sessionId);
      if (session.checkId !== params.checkId) throw new AppError('identity.challenge_not_found');
      return identity.openChallenge(ctx, await identified(ctx.pool, session), params.checkId, ctx.actor.sessionId);
    },
  });
  serve(app, settleStudyCheck, {
    policy,
    summary: 'Tell a study session that its check has a verdict',
    handler: async (ctx, { params, body }) => {
      const { sessionId, checkId } = params;
      const personId = requireOwnPerson(ctx.actor);
      const verdicts = await identity.listVerdicts(ctx.pool, personId, checkId);
      const isAbout = verdicts.some((one) => one.id === body.challengeId && one.sessionId === sessionId);
      if (!isAbout) {
        await door.noteAnomaly(personId, sessionId, 'wrong-check');
        throw new AppError('identity.challenge_not_found');
      }
      return door.obey(ctx, sessionId, (nowMs) => ({ type: 'check', checkId, verdicts, nowMs }));
    },
  });
  serve(app, sendSnapshot, {
    policy,
    summary: 'Give the picture in passing that a study session asks for',
    // A picture as base64 and little else.
    bodyLimit: 2_200_000,
    handler: async (ctx, { params, body }) => {
      const session = await getOwnSession(ctx.pool, requireOwnPerson(ctx.actor), params.sessionId);
      const isWanted = params.snapshotId > 0 && session.state.identity?.snapshots === params.snapshotId;
      if (!isWanted || body.picture === null) return { taken: false };
      return { taken: await identity.storeSnapshot(await identified(ctx.pool, session), body.picture) };
    },
  });
}

/** The running session of this person with this id, as committed. */
async function getOwnSession(db: Queryable, personId: string, sessionId: string): Promise<LiveSession> {
  const found = (await loadLiveSessions(db, [{ bucket: bucketOf(personId), personId }])).get(personId);
  if (found?.sessionId !== sessionId) throw new AppError('study.session_not_found');
  return found;
}

async function identified(db: Queryable, session: LiveSession): Promise<IdentifiedSession> {
  const { bucket, personId, sessionId, ruleSetId } = session;
  const { rows } = await db.query<{ region_code: string | null }>(
    'select region_code from study_session where bucket = $1 and id = $2',
    [bucket, sessionId],
  );
  const { scheme } = getStudyRuleSet(ruleSetId);
  return { personId, sessionId, scheme, regionCode: rows[0]?.region_code ?? '' };
}
