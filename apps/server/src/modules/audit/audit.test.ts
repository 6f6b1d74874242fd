import type { AuditEntry } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../platform/database/pool.ts';
import { expectAppendOnly } from '../../platform/testing/index.ts';
import { type PeopleTest, startPeopleTest } from '../people/testing.ts';
import { auditModule, checkAuditChains, recordAudit, systemAuditContext } from './index.ts';

type Page = { items: AuditEntry[]; total: number; nextCursor: string | null };

let people: PeopleTest;
beforeAll(async () => {
  people = await startPeopleTest();
  await (await people.as('manager')).get('/api/people');
  await (await people.as('driver')).get('/api/people');
});
afterAll(() => people.close());

const read = async (query = '') => (await (await people.as('auditor')).get<Page>(`/api/audit?${query}`)).body;
const context = (requestId = 'r-1') => systemAuditContext(() => people.test.clock.now(), requestId);

describe('The audit log', () => {
  it('is only ever added to: the application can neither change nor delete a row', async () => {
    await expectAppendOnly(people.database, ['audit_entry']);
    await expect(people.database.pool.query('update audit_chain set seq = 0')).rejects.toThrow('permission denied');
    const { rows } = await people.database.owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entry'::regclass`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { name } of rows) {
      await expect(people.database.pool.query(`delete from ${name}`), name).rejects.toThrow('permission denied');
      await expect(people.database.pool.query(`update ${name} set login = 'x'`), name).rejects.toThrow(
        'permission denied',
      );
    }
  });

  it('is there exactly when what it tells about is there', async () => {
    const before = (await checkAuditChains(people.test.platform.pool)).rowsChecked;
    await transaction(people.test.platform.pool, async (tx) => {
      await recordAudit(tx, context(), { action: 'test.rolled-back', object: { kind: 'test', id: null } });
      throw new Error('no');
    }).catch(() => undefined);
    expect(await checkAuditChains(people.test.platform.pool)).toEqual({ rowsChecked: before, breaks: [] });
  });

  it('numbers rows written at the same moment without a gap', async () => {
    const write = (n: number) =>
      recordAudit(people.test.platform.pool, context('same-bucket'), {
        action: 'test.race',
        object: { kind: 'test', id: String(n) },
      });
    await Promise.all(Array.from({ length: 30 }, (_, n) => write(n)));
    const { rows } = await people.database.owner.query<{ count: number; span: number }>(
      `select count(*), max(seq) - min(seq) + 1 as span from audit_entry where action = 'test.race'`,
    );
    expect(rows[0]).toEqual({ count: 30, span: 30 });
    expect((await checkAuditChains(people.test.platform.pool)).breaks).toEqual([]);
  });

  it('takes no number or hash from the writer', async () => {
    await people.database.pool.query(
      `insert into audit_entry (bucket, seq, at, address, action, object_kind, outcome, detail, request_id, prev_hash, hash)
       values (5, 999, $1, '', 'test.forged', 'test', 'done', '{}', 'r', '\\x00', '\\x00')`,
      [people.test.clock.now()],
    );
    expect((await checkAuditChains(people.test.platform.pool)).breaks).toEqual([]);
  });
});

describe('Reading the log', () => {
  it('is for the audit operator alone', async () => {
    for (const login of ['sysadmin', 'secadmin', 'officer-province', 'manager', 'driver']) {
      expect((await (await people.as(login)).get('/api/audit')).status, login).toBe(403);
      expect((await (await people.as(login)).get('/api/audit/check')).status, login).toBe(403);
    }
  });

  it('shows who, when, from where, what and with what outcome', async () => {
    const [entry] = (await read('login=manager&action=people.list')).items;
    expect(entry).toMatchObject({
      actor: { login: 'manager', role: 'enterprise-manager' },
      address: '127.0.0.1',
      outcome: 'done',
      object: { kind: 'organisation', id: null },
    });
    expect(entry?.chain.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('shows denied attempts with their route', async () => {
    const { items } = await read('login=driver&outcome=denied&action=people');
    expect(items[0]).toMatchObject({
      action: 'people.read',
      detail: { route: 'GET /api/people', code: 'platform.not_allowed' },
    });
  });

  it('filters by area, outcome, time and person', async () => {
    const all = (await read('limit=1')).total;
    const signIns = await read('action=auth&limit=200');
    expect(signIns.items.every(({ action }) => action.startsWith('auth.'))).toBe(true);
    expect(signIns.total).toBeGreaterThan(0);
    expect(signIns.total).toBeLessThan(all);
    expect((await read('action=aut')).total).toBe(0);
    expect((await read('from=2026-11-21T16:00:00%2B08:00&limit=1')).total).toBeGreaterThanOrEqual(all);
    expect((await read('to=2026-11-21T15:59:59%2B08:00')).total).toBe(0);
    expect((await read(`personId=${crypto.randomUUID()}`)).total).toBe(0);
  });

  it('leaves a row itself', async () => {
    people.test.clock.advance(1000);
    const before = await read('action=audit.read&limit=1');
    const after = await read('action=audit.read&limit=1');
    expect(after.total).toBe(before.total + 1);
    expect(after.items[0]).toMatchObject({ actor: { login: 'auditor' }, detail: { filter: { action: 'audit.read' } } });
  });

  it('pages without a gap or a repeat though rows are added meanwhile', async () => {
    const { total } = await read('login=auditor&action=auth');
    const wanted = (await read('action=test.race&limit=200')).items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await read(`action=test.race&limit=7${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(wanted);
    expect(total).toBeGreaterThan(0);
    expect((await (await people.as('auditor')).get('/api/audit?cursor=nonsense')).status).toBe(400);
  });
});

describe('A row changed by hand', () => {
  const check = () => checkAuditChains(people.test.platform.pool);
  const someRow = async () => {
    const { rows } = await people.database.owner.query<{ bucket: number; seq: number }>(
      `select bucket, seq from audit_entry where action = 'test.race' order by seq offset 10 limit 1`,
    );
    const [row] = rows;
    if (!row) throw new Error('no rows');
    return row;
  };
  const tamper = (sql: string, values: unknown[]) => people.database.owner.query(sql, values);

  it.each([
    [
      'one letter of the detail',
      `update audit_entry set detail = '{"x":1}' where bucket = $1 and seq = $2`,
      'content-changed',
    ],
    [
      'the time by a microsecond',
      `update audit_entry set at = at + interval '1 microsecond' where bucket = $1 and seq = $2`,
      'content-changed',
    ],
    [
      'one bit of the hash',
      `update audit_entry set hash = set_bit(hash, 3, 1 - get_bit(hash, 3)) where bucket = $1 and seq = $2`,
      'content-changed',
    ],
    [
      'a row and its own hash',
      `update audit_entry set login = 'x', hash = sha256('x') where bucket = $1 and seq = $2`,
      'content-changed',
    ],
  ])('is found and named: %s', async (_what, sql, why) => {
    const { bucket, seq } = await someRow();
    const saved = await tamper('select * from audit_entry where bucket = $1 and seq = $2', [bucket, seq]);
    await tamper(sql, [bucket, seq]);
    expect((await check()).breaks).toEqual([{ bucket, seq, why }]);
    const row = saved.rows[0] as { at: Date; detail: unknown; login: string | null; hash: Buffer };
    await tamper('update audit_entry set at = $3, detail = $4, login = $5, hash = $6 where bucket = $1 and seq = $2', [
      bucket,
      seq,
      row.at,
      row.detail,
      row.login,
      row.hash,
    ]);
    expect((await check()).breaks).toEqual([]);
  });

  it('is found when recomputed together with its own hash, by the row after it', async () => {
    const { bucket, seq } = await someRow();
    await tamper(`update audit_entry set login = 'x' where bucket = $1 and seq = $2`, [bucket, seq]);
    await tamper(`update audit_entry e set hash = audit_entry_hash(e) where bucket = $1 and seq = $2`, [bucket, seq]);
    expect((await check()).breaks).toEqual([{ bucket, seq: seq + 1, why: 'link-broken' }]);
    await tamper(`update audit_entry set login = null where bucket = $1 and seq = $2`, [bucket, seq]);
    await tamper(`update audit_entry e set hash = audit_entry_hash(e) where bucket = $1 and seq = $2`, [bucket, seq]);
    expect((await check()).breaks).toEqual([]);
  });

  it('is missed when deleted in the middle or at the end, and the command says so', async () => {
    const { bucket, seq } = await someRow();
    await tamper('delete from audit_entry where bucket = $1 and seq = $2', [bucket, seq]);
    expect((await check()).breaks).toEqual([{ bucket, seq: seq + 1, why: 'row-missing' }]);
    await tamper('delete from audit_entry where bucket = $1 and seq > $2', [bucket, seq]);
    expect((await check()).breaks).toMatchObject([{ bucket, why: 'end-missing' }]);
    const command = auditModule.commands?.find(({ name }) => name === 'verify-audit');
    expect(await command?.run(people.test.platform, [])).toBe(1);
  });
});
