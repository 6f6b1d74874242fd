import type { LicenceDetail, LicenceState, listLicences as listEndpoint } from '@antu/contract';
import { addDays, bucketOf, checkIdNumber, chinaDateAt } from '@antu/domain';
import type { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import type { RouteContext } from '../../platform/http/route.ts';
import { recordAudit } from '../audit/index.ts';
import {
  findDisplayNames,
  getReachablePerson,
  idNumberIndex,
  nameIndex,
  personBucketOf,
  personInReach,
  scopeOf,
} from '../people/index.ts';
import { countLicences, findLicence, presentLicence, selectLicences } from './licence-rows.ts';
import { presentRequest, selectRequests } from './request-rows.ts';

type ReadContext = RouteContext<'licences.read'>;
type Query = z.output<(typeof listEndpoint)['query']>;
const PAGE = 30;
/** How near the last day must be for the list of those to renew; each licence's own rules decide when it may be. */
const RENEWABLE_DAYS = 180;

/** Parameter $1 is today, $2 the last day of those that are near their end. */
const conditionOf: { readonly [State in LicenceState]: string } = {
  valid: `l.standing = 'granted' and l.valid_from <= $1 and l.valid_until >= $1`,
  renewable: `l.standing = 'granted' and l.valid_until >= $1 and l.valid_until <= $2`,
  expired: `l.standing = 'granted' and l.valid_until < $1`,
  suspended: `l.standing = 'suspended'`,
  ended: `l.standing in ('cancelled', 'withdrawn', 'revoked')`,
};

/** Licences of people within reach, masked; looking leaves one row with the filter and the number. */
export async function listLicences(ctx: ReadContext, query: Query): Promise<z.input<(typeof listEndpoint)['answer']>> {
  const today = chinaDateAt(ctx.nowMs());
  const within = personInReach(scopeOf(ctx.actor, 'licences.read'), 'p', 3, ctx.actor.personId);
  const conditions = ['$1::date <= $2::date', within.sql];
  const values: unknown[] = [today, addDays(today, RENEWABLE_DAYS), ...within.values];
  const add = (sql: (first: number) => string, ...more: unknown[]): void => {
    conditions.push(sql(values.length + 1));
    values.push(...more);
  };
  if (query.state) conditions.push(conditionOf[query.state]);
  if (query.category !== undefined) add((at) => `l.category = $${at}`, query.category);
  if (query.q !== undefined && query.q !== '') {
    const { keys } = ctx.platform;
    const checked = checkIdNumber(query.q);
    if (checked.valid)
      add(
        (at) => `p.bucket = $${at} and p.id_number_index = $${at + 1}`,
        personBucketOf(keys, checked.normalised),
        idNumberIndex(keys, checked.normalised),
      );
    else add((at) => `p.name_index = $${at}`, nameIndex(keys, query.q));
  }
  const where = conditions.join(' and ');
  const total = await countLicences(ctx.pool, where, values);
  if (query.cursor !== undefined) add((at) => `l.id < $${at}`, query.cursor);
  const rows = await selectLicences(ctx.pool, conditions.join(' and '), values, `order by l.id desc limit ${PAGE + 1}`);
  const shown = rows.slice(0, PAGE);
  await recordAudit(ctx.pool, ctx, {
    action: 'licences.list',
    object: { kind: 'licence', id: null },
    detail: {
      state: query.state ?? null,
      category: query.category ?? null,
      searched: Boolean(query.q),
      shown: shown.length,
      total,
    },
  });
  return {
    items: shown.map((row) => presentLicence(ctx.platform.keys, row, today)),
    nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    total,
  };
}

/** One licence with everything that was done to it and asked for, the newest first. Errors: `licences.not_found` */
export async function readLicence(ctx: ReadContext, licenceId: string): Promise<LicenceDetail> {
  const row = await findLicence(ctx.pool, licenceId);
  if (!row) throw new AppError('licences.not_found');
  await getReachablePerson(ctx.pool, ctx.actor, 'licences.read', row.person_id);
  const today = chinaDateAt(ctx.nowMs());
  const [events, requests] = await Promise.all([
    readEvents(ctx, licenceId),
    selectRequests(
      ctx.pool,
      'q.bucket = $1 and q.licence_id = $2',
      [bucketOf(licenceId), licenceId],
      'order by q.asked_at desc',
    ),
  ]);
  await recordAudit(ctx.pool, ctx, {
    action: 'licences.read',
    object: { kind: 'licence', id: licenceId },
    detail: { personId: row.person_id },
  });
  return {
    ...presentLicence(ctx.platform.keys, row, today),
    ruleSetId: row.rule_set_id,
    events,
    requests: requests.map((one) => presentRequest(ctx.platform.keys, one, ctx.actor.accountId, today)),
  };
}

interface EventRow {
  id: string;
  action: LicenceDetail['events'][number]['action'];
  reason: number | null;
  valid_until: string;
  note: string;
  decided_by: string | null;
  at: Date;
}

async function readEvents(ctx: ReadContext, licenceId: string): Promise<LicenceDetail['events']> {
  const { rows } = await ctx.pool.query<EventRow>(
    `select id, action, reason, valid_until, note, decided_by, at from licence_event
     where bucket = $1 and licence_id = $2 order by at desc, id desc`,
    [bucketOf(licenceId), licenceId],
  );
  const deciders = rows.flatMap(({ decided_by }) => decided_by ?? []);
  const names = await findDisplayNames(ctx.platform, ctx.pool, deciders);
  return rows.map(({ decided_by: by, at, valid_until: validUntil, ...row }) => ({
    id: row.id,
    action: row.action,
    reason: row.reason,
    note: row.note,
    validUntil,
    byName: by === null ? null : (names.get(by) ?? ''),
    at: at.toISOString(),
  }));
}
