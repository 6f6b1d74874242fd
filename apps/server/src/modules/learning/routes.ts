import { answerPresence, closeStudySession, openStudySession, sendBeats } from '@antu/contract';
import { bucketOf, limitsOf, type StudyRuleSet } from '@antu/domain';
import type { FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { serve } from '../../platform/http/route.ts';
import { requireOwnPerson } from '../people/index.ts';
import { findStudyLesson, type StudyLesson } from './find-lesson.ts';
import { registerCheckRoutes } from './check-routes.ts';
import type { IdentityPort } from './identity-port.ts';
import { sessionPlaylistUrl } from './media/index.ts';
import { type OpenAnswer, openStudy } from './open-session.ts';
import { presentStatus } from './present.ts';
import type { StudyDoor } from './study-door.ts';

const policy = 'study.own' as const;

/** Registers the study session's routes. The person comes from the login session, never from the request. */
export function registerStudyRoutes(app: FastifyInstance, door: StudyDoor, identity: IdentityPort): void {
  serve(app, openStudySession, {
    policy,
    summary: 'Open a study session; one that runs elsewhere ends',
    handler: async (ctx, { body }) => {
      const personId = requireOwnPerson(ctx.actor);
      const lesson = await findStudyLesson(ctx.pool, bucketOf(personId), personId, body.lessonVersionId);
      const { device, clientNowMs } = body;
      const nowMs = ctx.nowMs();
      const opened = await openStudy(ctx.pool, {
        personId,
        lesson,
        device,
        clientNowMs,
        address: ctx.address,
        nowMs,
        findCheckOfSignIn: (db) => identity.findCheckOfSignIn(db, personId, ctx.actor.sessionId),
      });
      door.writer.forget(personId);
      return {
        status: presentStatus(opened.session, nowMs),
        resumeAtMs: opened.resumeAtMs,
        tookOver: opened.tookOver,
        lesson: {
          ...presentLesson(lesson),
          playlistUrl: sessionPlaylistUrl(ctx.platform.keys, opened.session.sessionId, lesson.media),
        },
        rules: presentRules(opened.ruleSet),
      };
    },
  });
  serve(app, sendBeats, {
    policy,
    summary: 'Report what the player did; answers when the report is durable',
    isHot: true,
    handler: (ctx, { params, body }) =>
      door.obey(ctx, params.sessionId, (nowMs) => ({ type: 'beats', claims: body.beats, nowMs })),
  });
  serve(app, answerPresence, {
    policy,
    summary: 'Answer the question whether the learner is there',
    handler: (ctx, { params, body }) =>
      door.obey(ctx, params.sessionId, (nowMs) => ({
        type: 'presence',
        promptId: body.promptId,
        claim: body.beat,
        nowMs,
      })),
  });
  serve(app, closeStudySession, {
    policy,
    summary: 'End a study session',
    handler: (ctx, { params, body }) =>
      door.obey(ctx, params.sessionId, (nowMs) => ({ type: 'close', claims: body.beats, nowMs })),
  });
  registerCheckRoutes(app, door, identity);
  noteInvalidPayloads(app, door);
}

/** A payload that no player of ours sends is refused by the schema before any handler runs; it leaves evidence all the same. */
function noteInvalidPayloads(app: FastifyInstance, door: StudyDoor): void {
  const paths = new Set<string | undefined>([sendBeats, answerPresence, closeStudySession].map(({ path }) => path));
  app.addHook('onError', async (request, _reply, error) => {
    if (!hasZodFastifySchemaValidationErrors(error) || !paths.has(request.routeOptions.url)) return;
    const { sessionId } = request.params as { sessionId?: string };
    const personId = request.actor?.personId;
    if (!personId || !sessionId || error.validationContext !== 'body') return;
    try {
      await door.noteAnomaly(personId, sessionId, 'invalid-payload');
    } catch (failure) {
      // The refusal itself stands.
      request.log.error({ err: failure }, 'an invalid payload could not be recorded');
    }
  });
}

function presentLesson(lesson: StudyLesson): Omit<OpenAnswer['lesson'], 'playlistUrl'> {
  return {
    lessonVersionId: lesson.lessonVersionId,
    courseId: lesson.courseId,
    courseTitleZh: lesson.courseTitleZh,
    position: lesson.position,
    kind: lesson.kind,
    titleZh: lesson.titleZh,
    titleEn: lesson.titleEn,
    durationMs: lesson.durationMs,
    documentText: lesson.documentText,
    posterUrl: lesson.media?.posterUrl ?? null,
    subtitles: lesson.media?.subtitles ?? [],
    renditions: lesson.media?.renditions ?? [],
    next: lesson.next,
  };
}

function presentRules(ruleSet: StudyRuleSet): OpenAnswer['rules'] {
  const limits = limitsOf(ruleSet);
  return {
    ruleSetId: ruleSet.id,
    studyHourSeconds: limits.studyHourSeconds,
    beatSeconds: limits.beatSeconds,
    bridgeableGapSeconds: limits.bridgeableGapSeconds,
    maxLeadSeconds: limits.maxLeadSeconds,
    idlePromptSeconds: limits.idlePromptSeconds,
    idleAnswerSeconds: limits.idleAnswerSeconds,
    dailyCapSeconds: limits.dailyCapSeconds,
    identityGapSeconds: limits.identityGapSeconds,
    identityAnswerSeconds: limits.identityAnswerSeconds,
    identityTries: limits.identityTries,
  };
}
