import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getSessionEvidence, getSessionProof, STRETCH_REASON_NAMES } from '@antu/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { DEMO_ORGANISATIONS } from '../../../people/index.ts';
import { rootDir } from '../../../../platform/paths.ts';
import { actorOf, learner } from '../testing/actors.ts';
import { buildWorld, type World } from '../testing/world.ts';

let world: World;
let directory: string;
beforeAll(async () => {
  world = await buildWorld();
  directory = await mkdtemp(join(tmpdir(), 'antu-evidence-'));
}, 120_000);
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await world.close();
});

const { province, linglan, pengtu, yuexiu, shenzhen } = DEMO_ORGANISATIONS;
const officer = () => world.test.as(actorOf('officer-province', province.id, province.regionCode));

type Proof = z.output<typeof getSessionProof.answer>;
async function proofOf(sessionId: string): Promise<Proof> {
  const answer = await officer().get(`/api/study-sessions/${sessionId}/proof`);
  expect(answer.status, answer.text).toBe(200);
  return getSessionProof.answer.parse(answer.body);
}

async function sessionsEndedBy(reason: string): Promise<{ session_id: string; person_id: string }[]> {
  const { rows } = await world.database.owner.query<{ session_id: string; person_id: string }>(
    `select e.session_id, s.person_id from study_evidence e join study_session s on s.id = e.session_id and s.bucket = e.bucket
     where e.kind = 4 and e.detail::json ->> 'reason' = $1 order by e.session_id`,
    [reason],
  );
  return rows;
}
const oneEndedBy = async (reason: string): Promise<string> => (await sessionsEndedBy(reason))[0]?.session_id ?? '';

describe('proof of a session', () => {
  it('adds up to the second for every session of the demo, and every reason has a name', async () => {
    const { rows } = await world.database.owner.query<{ id: string; credited: number }>(
      `select s.id, coalesce((select sum(l.credited_seconds)::int from hour_ledger_entry l where l.session_id = s.id), 0) as credited
       from study_session s order by s.id`,
    );
    for (const { id, credited } of rows) {
      const proof = await proofOf(id);
      expect(proof.creditedSeconds).toBe(credited);
      expect(proof.creditedSeconds + proof.notCreditedSeconds).toBe(proof.totalSeconds);
      expect(proof.byReason.reduce((sum, one) => sum + one.seconds, 0)).toBe(proof.notCreditedSeconds);
      expect(proof.evidence.reduce((sum, one) => sum + one.creditedSeconds, 0)).toBe(credited);
      expect(proof.stretches[0]?.from).toBe(proof.session.openedAt);
      expect(proof.stretches.at(-1)?.to).toBe(proof.session.endedAt);
      for (const { reason } of proof.byReason) expect(STRETCH_REASON_NAMES).toHaveProperty([reason]);
      expect(proof.check).toMatchObject({ chainOk: true, recomputedOk: true, firstBadIndex: null, live: false });
      expect(proof.check.recomputedSeconds).toBe(credited);
    }
  }, 60_000);

  it('names the person masked, the place from the province down, and the address without its middle', async () => {
    const proof = await proofOf(await oneEndedBy('finished'));
    expect(proof.person.nameMasked).toMatch(/^.\*+$/u);
    expect(proof.regionPath[0]).toEqual({ code: '440000', name: '广东省' });
    expect(proof.regionPath.length).toBeGreaterThan(1);
    expect(proof.address).toMatch(/^203\.\*\.\*\.\d+$/);
    expect(proof.evidence[0]?.zh).toContain('打开课程');
  });

  it('shows the question that nobody answered and what was taken back', async () => {
    const proof = await proofOf(await oneEndedBy('no-presence'));
    expect(proof.prompts).toEqual([{ askedAt: expect.any(String), answeredAt: null }]);
    const refused = proof.byReason.find((one) => one.reason === 'no-presence');
    expect(refused?.clause?.item).toBe('30');
    expect(refused?.seconds).toBeGreaterThan(60);
    expect(proof.session.endReason).toBe('no-presence');
  });

  it('shows the phone that took over', async () => {
    const proof = await proofOf(await oneEndedBy('taken-over'));
    expect(proof.otherSessions.map((one) => one.deviceKind)).toEqual(['phone']);
    expect(proof.otherSessions[0]?.from).toBe(proof.session.endedAt);
  });

  it('is for the company and region at the time only, and every look is on record', async () => {
    const { rows } = await world.database.owner.query<{ id: string; person_id: string }>(
      'select id, person_id from study_session where organisation_id = $1 limit 1',
      [linglan.id],
    );
    const session = rows[0];
    const url = `/api/study-sessions/${session?.id}/proof`;
    const statuses = await Promise.all(
      [
        actorOf('enterprise-manager', linglan.id, linglan.regionCode),
        actorOf('officer-county', yuexiu.id, yuexiu.regionCode),
        actorOf('enterprise-manager', pengtu.id, pengtu.regionCode),
        actorOf('officer-city', shenzhen.id, shenzhen.regionCode),
        actorOf('audit-operator', province.id, province.regionCode),
        learner(session?.person_id ?? ''),
      ].map(async (actor) => (await world.test.as(actor).get(url)).status),
    );
    expect(statuses).toEqual([200, 200, 403, 403, 403, 403]);
    const looks = await world.database.owner.query<{ n: number }>(
      `select count(*) as n from audit_entry where action = 'learning.proof-read' and object_id = $1 and detail ->> 'sessionId' = $2`,
      [session?.person_id, session?.id],
    );
    expect(looks.rows[0]?.n).toBeGreaterThanOrEqual(2);
    expect((await officer().get('/api/study-sessions/00000000-0000-7000-8000-000000000000/proof')).status).toBe(404);
  });
});

describe('evidence that anyone can recompute', () => {
  const run = async (evidence: unknown) => {
    const file = join(directory, 'evidence.json');
    await writeFile(file, JSON.stringify(evidence));
    return promisify(execFile)(process.execPath, [join(rootDir, 'scripts/check-evidence.mjs'), file]).then(
      ({ stdout }) => ({ ok: true, stdout }),
      (error: { stdout: string }) => ({ ok: false, stdout: error.stdout }),
    );
  };
  const download = async (sessionId: string) => {
    const answer = await officer().get(`/api/study-sessions/${sessionId}/evidence`);
    return getSessionEvidence.answer.parse(answer.body);
  };

  it('the stand-alone script agrees with the server', async () => {
    for (const reason of ['finished', 'no-presence', 'left']) {
      const sessionId = await oneEndedBy(reason);
      const proof = await proofOf(sessionId);
      const { ok, stdout } = await run(await download(sessionId));
      expect(ok, stdout).toBe(true);
      expect(stdout).toContain(`${proof.creditedSeconds} seconds credited`);
    }
  });

  it('and finds a changed byte, a row left out, and a second too much', async () => {
    const good = await download(await oneEndedBy('finished'));
    const at = good.rows.findIndex((row) => row.fact.kind === 'closed');
    const fact = good.rows[at]?.fact;
    if (fact?.kind !== 'closed') throw new Error('no last row');
    const bytes = Buffer.from(fact.beats, 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const changed = good.rows.with(at, { ...good.rows[at]!, fact: { ...fact, beats: bytes.toString('base64') } });
    const first = good.ledger[0];
    const tampered = [
      { ...good, rows: changed },
      { ...good, rows: good.rows.slice(1) },
      { ...good, ledger: good.ledger.with(0, { ...first!, creditedSeconds: (first?.creditedSeconds ?? 0) + 1 }) },
    ];
    for (const bad of tampered) expect((await run(bad)).ok).toBe(false);
  });

  it('the proof page names the changed row, and shows nothing that it cannot prove', async () => {
    const sessionId = await oneEndedBy('left');
    const where = 'where session_id = $1 and kind = 4';
    const before = await world.database.owner.query(`select beats from study_evidence ${where}`, [sessionId]);
    await world.database.owner.query(
      `update study_evidence set beats = set_byte(beats, 0, get_byte(beats, 0) # 1) ${where}`,
      [sessionId],
    );
    const proof = await proofOf(sessionId);
    expect(proof.check.chainOk).toBe(false);
    expect(proof.check.firstBadIndex).toBe(proof.evidence.at(-1)?.index);
    await world.database.owner.query(`update study_evidence set beats = $2 ${where}`, [
      sessionId,
      before.rows[0]?.beats,
    ]);
    expect((await proofOf(sessionId)).check.chainOk).toBe(true);
    await world.database.owner.query(
      'update hour_ledger_entry set credited_seconds = credited_seconds + 1 where session_id = $1',
      [sessionId],
    );
    expect((await proofOf(sessionId)).check).toMatchObject({ chainOk: true, recomputedOk: false });
  });
});
