import { getLive, listLiveSessions } from '@antu/contract';
import { type SchemeCode, viewState } from '@antu/domain';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { AppError } from '../../../../platform/errors.ts';
import { type RouteContext, route, serve } from '../../../../platform/http/route.ts';
import type { Platform } from '../../../../platform/module.ts';
import { recordAudit } from '../../../audit/index.ts';
import { findPersonNames, requireFilterInReach, scopeOf } from '../../../people/index.ts';
import { limitsOfRuleSet, parseState } from '../../live-session.ts';
import { regionInReach, regionPrefixOf, sessionInReach } from '../session-scope.ts';
import { LiveBoard } from './live-snapshot.ts';
import { endStreamsOnClose, streamSnapshots } from './live-stream.ts';

type Ctx = RouteContext<'study.watch'>;

/** Registers the live page of the authority. */
export function registerLiveRoutes(app: FastifyInstance, platform: Platform): void {
  const board = new LiveBoard(platform);
  endStreamsOnClose(app);
  serve(app, getLive, {
    policy: 'study.watch',
    summary: 'Who studies now, by region and organisation',
    handler: async (ctx, { query }) => {
      const region = regionInReach(ctx.actor, 'study.watch', query.region);
      await recordWatch(ctx, region, query.scheme);
      return board.snapshot(region, query.scheme ?? null);
    },
  });
  route(app, {
    method: 'GET',
    url: '/api/supervision/live/stream',
    policy: 'study.watch',
    summary: 'The same, again and again, as server-sent events',
    schema: { query: getLive.query, answer: 'raw' },
    handler: async (ctx, { query }) => {
      const region = regionInReach(ctx.actor, 'study.watch', query.region);
      await recordWatch(ctx, region, query.scheme);
      await streamSnapshots(app, ctx, () => board.snapshot(region, query.scheme ?? null));
    },
  });
  serve(app, listLiveSessions, {
    policy: 'study.watch',
    summary: 'The learners who study now',
    handler: (ctx, { query }) => listLive(ctx, query),
  });
}

const recordWatch = (ctx: Ctx, region: string, scheme: SchemeCode | undefined): Promise<void> =>
  recordAudit(ctx.pool, ctx, {
    action: 'learning.live-watch',
    object: { kind: 'region', id: region },
    detail: { scheme: scheme ?? null },
  });

interface LiveRow {
  session_id: string;
  person_id: string;
  rule_set_id: string;
  state: string;
  organisation_name: string | null;
  region_name: string | null;
  course_title_zh: string;
  course_title_en: string | null;
  lesson_title_zh: string;
  lesson_title_en: string | null;
  opened_at: Date;
  device_kind: 'phone' | 'tablet' | 'computer';
}

async function listLive(
  ctx: Ctx,
  query: z.output<(typeof listLiveSessions)['query']>,
): Promise<z.input<(typeof listLiveSessions)['answer']>> {
  const { pool, platform } = ctx;
  const { cursor, limit, organisationId, scheme } = query;
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw new AppError('learning.bad_cursor');
  }
  await requireFilterInReach(pool, ctx.actor, 'study.watch', { organisationId });
  const region = regionInReach(ctx.actor, 'study.watch', query.region);
  const reached = sessionInReach(scopeOf(ctx.actor, 'study.watch'), 4);
  const where = `where ${reached.sql} and s.region_code like $1 and ($2::uuid is null or s.organisation_id = $2)
    and ($3::text is null or s.scheme = $3)`;
  const values = [`${regionPrefixOf(region)}%`, organisationId ?? null, scheme ?? null, ...reached.values];
  const after = cursor === undefined ? '' : `and s.session_id < $${values.length + 1}::uuid`;
  const page = await pool.query<LiveRow>(
    `select s.session_id, s.person_id, s.rule_set_id, s.state, o.name as organisation_name, r.name as region_name,
       c.title_zh as course_title_zh, c.title_en as course_title_en, l.title_zh as lesson_title_zh,
       l.title_en as lesson_title_en, s.opened_at, s.device_kind
     from live_study_session s
       join lesson_version l on l.id = s.lesson_version_id
       join course c on c.id = l.course_id
       left join organisation o on o.id = s.organisation_id
       left join region r on r.code = s.region_code
     ${where} ${after} order by s.session_id desc limit ${limit + 1}`,
    cursor === undefined ? values : [...values, cursor],
  );
  const counted = await pool.query<{ total: number }>(
    `select count(*) as total from live_study_session s ${where}`,
    values,
  );
  const shown = page.rows.slice(0, limit);
  const names = await findPersonNames(
    pool,
    platform.keys,
    shown.map((row) => row.person_id),
  );
  await recordAudit(pool, ctx, {
    action: 'learning.live-list',
    object: { kind: 'region', id: region },
    detail: { organisationId: organisationId ?? null, shown: shown.length },
  });
  return {
    items: shown.map((row) => {
      const view = viewState(parseState(row.state), ctx.nowMs(), limitsOfRuleSet(row.rule_set_id));
      return {
        sessionId: row.session_id,
        personId: row.person_id,
        nameMasked: names.get(row.person_id)?.nameMasked ?? '—',
        idNumberMasked: names.get(row.person_id)?.idNumberMasked ?? '—',
        organisationName: row.organisation_name ?? '',
        regionName: row.region_name ?? '',
        courseTitleZh: row.course_title_zh,
        courseTitleEn: row.course_title_en,
        lessonTitleZh: row.lesson_title_zh,
        lessonTitleEn: row.lesson_title_en,
        state: view.state,
        openedAt: row.opened_at.toISOString(),
        creditedSeconds: view.creditedSeconds,
        deviceKind: row.device_kind,
      };
    }),
    total: counted.rows[0]?.total ?? 0,
    nextCursor: page.rows.length > limit ? (shown.at(-1)?.session_id ?? null) : null,
  };
}
