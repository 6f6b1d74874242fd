import type { createExport, ExportView } from '@antu/contract';
import { daysBetween, holds } from '@antu/domain';
import type { z } from 'zod';
import { transaction, type Queryable } from '../../../../platform/database/pool.ts';
import { AppError } from '../../../../platform/errors.ts';
import type { RouteContext } from '../../../../platform/http/route.ts';
import { sendStored } from '../../../../platform/http/send-stored.ts';
import { uuidv7 } from '../../../../platform/ids.ts';
import { addJob } from '../../../../platform/jobs.ts';
import { recordAudit } from '../../../audit/index.ts';
import { findOrganisationScope, membershipsOf, requireReach } from '../../../people/index.ts';
import { writeExport } from './export-job.ts';

type Ctx = RouteContext<'hours.export'>;
type OwnCtx = RouteContext<'signed-in'>;
type Body = z.output<(typeof createExport)['body']>;

const LONGEST_PERIOD_DAYS = 3_660;
const LISTED_EXPORTS = 50;
const ATTEMPTS = 3;

interface ExportRow {
  id: string;
  organisation_id: string;
  state: ExportView['state'];
  rows_done: number;
  rows_total: number | null;
  file_key: string | null;
  file_name: string | null;
  bytes: number | null;
  failure: string | null;
  created_at: Date;
}

const COLUMNS = 'id, organisation_id, state, rows_done, rows_total, file_key, file_name, bytes, failure, created_at';

/** Orders an export of an organisation's hours; the worker writes it. */
export async function orderExport(ctx: Ctx, { kind, organisationId, from, to }: Body): Promise<ExportView> {
  await requireOrganisation(ctx, organisationId);
  const days = /^\d{4}-\d{2}-\d{2}$/.test(from) && /^\d{4}-\d{2}-\d{2}$/.test(to) ? daysBetween(from, to) : Number.NaN;
  if (!(days >= 0 && days < LONGEST_PERIOD_DAYS)) {
    throw new AppError('learning.period_invalid', { maxDays: LONGEST_PERIOD_DAYS });
  }
  const reveal = holds(membershipsOf(ctx.actor), 'people.reveal');
  const id = uuidv7(ctx.nowMs());
  await transaction(ctx.pool, async (tx) => {
    await tx.query(
      `insert into export_job (id, account_id, organisation_id, kind, parameters, state, created_at)
       values ($1, $2, $3, $4, $5, 'waiting', $6)`,
      [id, ctx.actor.accountId, organisationId, kind, JSON.stringify({ from, to, reveal }), ctx.now()],
    );
    await addJob(tx, writeExport, { exportId: id }, { jobKey: `export-${id}`, maxAttempts: ATTEMPTS });
    await recordAudit(tx, ctx, {
      action: 'learning.export-order',
      object: { kind: 'organisation', id: organisationId },
      detail: { exportId: id, kind, from, to, namesInFull: reveal },
    });
  });
  return presentExport(await readOwnExport(ctx.pool, ctx.actor.accountId, id));
}

/** The exports of the account, newest first. */
export async function listOwnExports(ctx: OwnCtx): Promise<{ items: ExportView[] }> {
  const { rows } = await ctx.pool.query<ExportRow>(
    `select ${COLUMNS} from export_job where account_id = $1 order by created_at desc limit ${LISTED_EXPORTS}`,
    [ctx.actor.accountId],
  );
  return { items: rows.map(presentExport) };
}

/** One export of the account. */
export async function readExport(ctx: OwnCtx, exportId: string): Promise<ExportView> {
  return presentExport(await readOwnExport(ctx.pool, ctx.actor.accountId, exportId));
}

/** Sends the file to whoever ordered it, if the organisation is still within reach. */
export async function sendExport(ctx: Ctx, exportId: string): Promise<void> {
  const row = await readOwnExport(ctx.pool, ctx.actor.accountId, exportId);
  await requireOrganisation(ctx, row.organisation_id);
  if (row.state !== 'ready') throw new AppError('learning.export_not_ready', { exportId });
  if (row.file_key === null) throw new AppError('learning.export_expired', { exportId });
  await recordAudit(ctx.pool, ctx, {
    action: 'learning.export-download',
    object: { kind: 'organisation', id: row.organisation_id },
    detail: { exportId, rows: row.rows_done },
  });
  await sendStored(ctx, row.file_key, {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    downloadName: row.file_name ?? '学时记录.xlsx',
  });
}

async function requireOrganisation(ctx: Ctx, organisationId: string): Promise<void> {
  const scope = await findOrganisationScope(ctx.pool, organisationId);
  if (!scope) throw new AppError('people.organisation_not_found');
  requireReach(ctx.actor, 'hours.export', scope);
}

async function readOwnExport(db: Queryable, accountId: string, exportId: string): Promise<ExportRow> {
  const { rows } = await db.query<ExportRow>(`select ${COLUMNS} from export_job where id = $1 and account_id = $2`, [
    exportId,
    accountId,
  ]);
  if (!rows[0]) throw new AppError('learning.export_not_found', { exportId });
  return rows[0];
}

function presentExport(row: ExportRow): ExportView {
  const expired = row.state === 'ready' && row.file_key === null;
  return {
    id: row.id,
    kind: 'hours',
    state: row.state,
    rowsDone: row.rows_done,
    rowsTotal: row.rows_total,
    fileName: expired ? null : row.file_name,
    bytes: expired ? null : row.bytes,
    createdAt: row.created_at.toISOString(),
    failure: expired ? '文件已过期并删除，请重新导出。' : row.failure,
  };
}
