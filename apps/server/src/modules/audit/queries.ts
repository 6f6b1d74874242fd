import type { AuditEntry, AuditOutcome } from '@antu/contract';
import type { z } from 'zod';
import type { auditQuerySchema } from '@antu/contract';
import type { Queryable } from '../../platform/database/pool.ts';
import type { Role } from '@antu/contract';

interface AuditRow {
  bucket: number;
  seq: number;
  at: Date;
  account_id: string | null;
  login: string | null;
  role: Role | null;
  address: string;
  action: string;
  object_kind: string;
  object_id: string | null;
  outcome: AuditOutcome;
  detail: Record<string, unknown>;
  request_id: string;
  hash: Buffer;
}

export type AuditFilter = Omit<z.output<typeof auditQuerySchema>, 'cursor' | 'limit'>;

/** Position of the last row of a page: newest first, then by chain. */
export interface AuditPosition {
  readonly at: string;
  readonly bucket: number;
  readonly seq: number;
}

const columns = `bucket, seq, at, account_id, login, role, address, action, object_kind, object_id, outcome, detail, request_id, hash`;

/** The conditions of a filter as SQL with its values. */
function conditionsOf(filter: AuditFilter): { sql: string; values: unknown[] } {
  const parts: [string, unknown][] = [];
  if (filter.from) parts.push(['at >= ?', filter.from]);
  if (filter.to) parts.push(['at < ?', filter.to]);
  if (filter.login) parts.push(['login = ?', filter.login.toLowerCase()]);
  if (filter.personId) parts.push(['object_id = ?', filter.personId]);
  if (filter.action) parts.push(["(action = ? or starts_with(action, ? || '.'))", filter.action]);
  if (filter.outcome) parts.push(['outcome = ?', filter.outcome]);
  if (filter.requestId) parts.push(['request_id = ?', filter.requestId]);
  const sql = parts.map(([text], at) =>
    text.replaceAll('?', `$${at + 1}::${text.startsWith('at') ? 'timestamptz' : 'text'}`),
  );
  return { sql: sql.length > 0 ? sql.join(' and ') : 'true', values: parts.map(([, value]) => value) };
}

/** A page of the log, newest first, with the number of all rows that match. */
export async function findAuditEntries(
  db: Queryable,
  filter: AuditFilter,
  after: AuditPosition | undefined,
  limit: number,
): Promise<{ items: AuditEntry[]; total: number }> {
  const { sql, values } = conditionsOf(filter);
  const n = values.length;
  const position = after ? `and (at, bucket, seq) < ($${n + 1}::timestamptz, $${n + 2}::int, $${n + 3}::bigint)` : '';
  const page = await db.query<AuditRow>(
    `select ${columns} from audit_entry where ${sql} ${position} order by at desc, bucket desc, seq desc limit ${limit}`,
    after ? [...values, after.at, after.bucket, after.seq] : values,
  );
  const counted = await db.query<{ total: number }>(`select count(*) as total from audit_entry where ${sql}`, values);
  return { items: page.rows.map(presentEntry), total: counted.rows[0]?.total ?? 0 };
}

const presentEntry = (row: AuditRow): AuditEntry => ({
  id: `${row.bucket}-${row.seq}`,
  at: row.at.toISOString(),
  actor: { accountId: row.account_id, login: row.login, role: row.role },
  address: row.address,
  action: row.action,
  object: { kind: row.object_kind, id: row.object_id },
  outcome: row.outcome,
  detail: row.detail,
  requestId: row.request_id,
  chain: { bucket: row.bucket, seq: row.seq, hash: row.hash.toString('hex') },
});
