import { exportSchema } from '@antu/contract';
import { chinaDateOf } from '@antu/domain';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ORGANISATIONS, findPersonNames } from '../../../people/index.ts';
import { actorOf } from '../testing/actors.ts';
import { buildWorld, type World } from '../testing/world.ts';
import { EXPORT_KEPT_HOURS, purgeExports, writeExport } from './export-job.ts';
import { HOURS_COLUMNS } from './write-hours-workbook.ts';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world.close());

const { linglan, pengtu } = DEMO_ORGANISATIONS;
const actor = actorOf('enterprise-manager', linglan.id, linglan.regionCode);
const manager = () => world.test.as(actor);
const period = () => ({ from: '2026-01-01', to: chinaDateOf(world.test.clock.nowMs()) });

const jobContext = () => ({
  platform: world.test.platform,
  log: world.test.platform.log,
  attempt: 1,
  isLastAttempt: true,
  signal: undefined,
});

async function orderAndWrite(with_: object = {}): Promise<string> {
  const answer = await manager().post('/api/exports', {
    kind: 'hours',
    organisationId: linglan.id,
    ...period(),
    ...with_,
  });
  expect(answer.status, answer.text).toBe(200);
  const { id, state } = exportSchema.parse(answer.body);
  expect(state).toBe('waiting');
  await writeExport.run({ exportId: id }, jobContext());
  return id;
}

async function rowsOf(raw: Buffer): Promise<{ values: unknown[]; formats: (string | undefined)[] }[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(raw as unknown as ArrayBuffer);
  const rows: { values: unknown[]; formats: (string | undefined)[] }[] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    const formats = HOURS_COLUMNS.map((_, at) => row.getCell(at + 1).numFmt);
    rows.push({ values: HOURS_COLUMNS.map((_, at) => row.getCell(at + 1).value), formats });
  });
  return rows;
}

describe('export of hours', () => {
  it('opened again, holds every ledger entry of the organisation with names and numbers as text', async () => {
    const id = await orderAndWrite();
    const view = exportSchema.parse((await manager().get(`/api/exports/${id}`)).body);
    const file = await manager().get(`/api/exports/${id}/file`);
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toContain(encodeURIComponent('学时记录'));
    expect(view).toMatchObject({ state: 'ready', rowsDone: view.rowsTotal, bytes: file.raw.length });

    const [header, ...rows] = await rowsOf(file.raw);
    expect(header?.values).toEqual(HOURS_COLUMNS.map((column) => column.header));
    const stored = await world.database.owner.query<{
      person_id: string;
      credited_seconds: number;
      hash: string;
      day: string;
    }>(
      `select e.person_id, e.credited_seconds, encode(e.hash, 'hex') as hash, e.day from hour_ledger_entry e
       join study_session s on s.id = e.session_id and s.bucket = e.bucket where s.organisation_id = $1`,
      [linglan.id],
    );
    expect(rows).toHaveLength(stored.rows.length);
    expect(view.rowsDone).toBe(stored.rows.length);
    const names = await findPersonNames(
      world.database.pool,
      world.test.platform.keys,
      stored.rows.map((row) => row.person_id),
    );
    const expected = stored.rows
      .map((row) => [
        names.get(row.person_id)?.name,
        names.get(row.person_id)?.idNumber,
        row.day,
        row.credited_seconds,
        row.hash,
      ])
      .map((row) => JSON.stringify(row));
    const found = rows.map(({ values: v }) => JSON.stringify([v[0], v[1], v[8], v[11], v[16]]));
    expect(found.sort()).toEqual(expected.sort());
    for (const { values, formats } of rows) {
      expect(values[1]).toMatch(/^\d{17}[\dX]$/);
      expect(formats[1]).toBe('@');
    }
  });

  it('masks names and numbers where the permission to see them is missing', async () => {
    const id = await orderAndWrite();
    await world.database.owner.query(
      `update export_job set state = 'waiting', parameters = parameters || '{"reveal":false}' where id = $1`,
      [id],
    );
    await writeExport.run({ exportId: id }, jobContext());
    const rows = await rowsOf((await manager().get(`/api/exports/${id}/file`)).raw);
    expect(rows.length).toBeGreaterThan(1);
    for (const { values } of rows.slice(1)) expect(values[1]).toMatch(/^\d{4}\*{10}[\dX]{4}$/);
  });

  it('keeps to its days, and an empty one is a sheet with its header', async () => {
    const id = await orderAndWrite({ from: '2019-01-01', to: '2019-12-31' });
    const rows = await rowsOf((await manager().get(`/api/exports/${id}/file`)).raw);
    expect(rows).toHaveLength(1);
    const wrong = { kind: 'hours', organisationId: linglan.id, from: '2026-02-01', to: '2026-01-01' };
    expect((await manager().post('/api/exports', wrong)).status).toBe(422);
  });

  it('belongs to whoever ordered it, within reach, and every order and download is on record', async () => {
    const id = await orderAndWrite();
    const other = world.test.as(actorOf('enterprise-manager', linglan.id, linglan.regionCode));
    expect((await other.get(`/api/exports/${id}/file`)).status).toBe(404);
    expect((await other.get(`/api/exports/${id}`)).status).toBe(404);
    expect((await other.get('/api/exports')).body).toEqual({ items: [] });
    const outside = { kind: 'hours', organisationId: pengtu.id, ...period() };
    expect((await manager().post('/api/exports', outside)).status).toBe(403);
    await manager().get(`/api/exports/${id}/file`);
    const { rows } = await world.database.owner.query<{ action: string }>(
      `select action from audit_entry where detail ->> 'exportId' = $1 order by seq`,
      [id],
    );
    expect(rows.map((row) => row.action)).toEqual(['learning.export-order', 'learning.export-download']);
  });

  it('is deleted after its time and says so', async () => {
    const id = await orderAndWrite();
    world.test.clock.advance(EXPORT_KEPT_HOURS * 3_600_000 + 1_000);
    await purgeExports.run({}, jobContext());
    const answer = await manager().get(`/api/exports/${id}/file`);
    expect(answer.status).toBe(410);
    expect(await world.test.platform.storage.exists(`exports/${id}.xlsx`)).toBe(false);
    expect(exportSchema.parse((await manager().get(`/api/exports/${id}`)).body).fileName).toBeNull();
  });
});
