import { randomUUID } from 'node:crypto';
import type { ExamItem, ExamStatistics } from '@antu/contract';
import { PERMISSION_NAMES, permissionRule, type Role } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestClient, testActor } from '../../../platform/testing/index.ts';
import { codeOf } from '../bank/testing/bank-fixture.ts';
import { countResults } from './count-results.ts';
import { type MarkedWorld, makeMarkedWorld, QUESTIONS } from './testing/marked-world.ts';

let world: MarkedWorld;
const NOW = new Date('2026-11-26T03:00:00Z');
/** As many right answers as asked for, the rest wrong. */
const right = (count: number): boolean[] => Array.from({ length: QUESTIONS }, (_, at) => at < count);

beforeAll(async () => {
  world = await makeMarkedWorld();
  world.bank.test.clock.set(NOW);
  // September at the first body: six of the first employer pass, three of the second fail. October elsewhere: one.
  for (let n = 0; n < 6; n += 1) await world.sit({ exam: 0, employer: 0, regionCode: '440104', answers: right(9) });
  for (let n = 0; n < 3; n += 1) await world.sit({ exam: 0, employer: 1, regionCode: '440106', answers: right(4) });
  await world.sit({ exam: 1, employer: 0, regionCode: '441900', answers: right(10) });
  await countResults(world.bank.database.pool, NOW);
}, 60_000);
afterAll(() => world.bank.close());

function as(role: Role, organisationId: string, regionCode = '440104'): TestClient {
  const permissions = PERMISSION_NAMES.filter((permission) => permissionRule(permission).roles.includes(role));
  const memberships = [{ membershipId: randomUUID(), role, organisationId, regionCode }];
  return world.bank.test.as(testActor({ permissions, memberships }));
}
const officer = (regionCode: string, role: Role = 'officer-city') => as(role, randomUUID(), regionCode);
const ask = async (client: TestClient, query = ''): Promise<ExamStatistics> => {
  const answer = await client.get<ExamStatistics>(`/api/exam-statistics?from=2026-08&to=2026-10${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const group = (candidates: number, passed: number, share: number) => ({
  candidates,
  passed,
  meanShare: expect.closeTo(share, 6),
  hidden: false,
});
const HIDDEN = { candidates: null, passed: null, meanShare: null, hidden: true };

describe('statistics', () => {
  it('of a region count everybody below it, and tell its regions and training bodies apart', async () => {
    const city = await ask(officer('440100'));
    expect(city.place).toMatchObject({ kind: 'region', code: '440100' });
    expect(city.total).toEqual(group(9, 6, (6 * 0.9 + 3 * 0.4) / 9));
    expect(city.months.map(({ month, candidates }) => [month, candidates])).toEqual([
      ['2026-08', 0],
      ['2026-09', 9],
      ['2026-10', 0],
    ]);
    expect(city.regions.filter(({ candidates }) => candidates !== 0)).toEqual([
      { ...group(6, 6, 0.9), code: '440104', name: expect.any(String) },
      { ...group(3, 0, 0.4), code: '440106', name: expect.any(String) },
    ]);
    expect(city.bins?.map((count, at) => [at, count]).filter(([, count]) => count !== 0)).toEqual([
      [8, 3],
      [18, 6],
    ]);
    expect(city.topics).toEqual([
      expect.objectContaining({ candidates: 9, share: expect.closeTo((6 * 9 + 3 * 4) / 90, 6) }),
    ]);
    expect(city.hidesSmall).toBe(false);
    expect(city.isCurrent).toBe(true);
    const province = await ask(officer('440000', 'officer-province'));
    expect(province.total.candidates).toBe(10);
    expect(province.organisations).toEqual([
      { ...group(9, 6, 6.6 / 9), organisationId: world.bank.bodyId, name: '岭学' },
      { ...group(1, 1, 1), organisationId: world.bank.otherBodyId, name: '顺道' },
    ]);
  });

  it('of a body tell its employers apart; small groups are shown to those who may know the people', async () => {
    const manager = await ask(as('body-manager', world.bank.bodyId));
    expect(manager.organisations.map(({ name, candidates }) => [name, candidates])).toEqual([
      ['甲', 6],
      ['乙', 3],
    ]);
    const teacher = await ask(as('teacher', world.bank.bodyId));
    expect(teacher.hidesSmall).toBe(true);
    expect(teacher.total.candidates).toBe(9);
    // Three are too few, and with the sum of nine on screen the six would give them away.
    expect(teacher.organisations).toEqual([expect.objectContaining(HIDDEN), expect.objectContaining(HIDDEN)]);
  });

  it('of an employer are its own people wherever they sat', async () => {
    const [first = '', second = ''] = world.employers;
    const own = await ask(as('enterprise-manager', first));
    expect(own.place.kind).toBe('employer');
    expect(own.total).toEqual(group(7, 7, 6.4 / 7));
    const foreign = await as('enterprise-manager', first).get(`/api/exam-statistics?organisationId=${second}`);
    expect(foreign.status).toBe(403);
  });

  it('of one exam leave the others out, but still name them', async () => {
    const none = await ask(as('body-manager', world.bank.bodyId), '&exam=qualification');
    expect(none.total.candidates).toBe(0);
    expect(none.exams.map(({ exam, candidates, passShare }) => [exam, candidates, passShare])).toEqual([
      ['two-kinds', 9, 0.8],
    ]);
  });

  it.each([
    ['another city', '/api/exam-statistics?region=440300', 403, 'platform.not_allowed'],
    ['the province above', '/api/exam-statistics?region=440000', 403, 'platform.not_allowed'],
    ['an end before the start', '/api/exam-statistics?from=2026-10&to=2026-09', 422, 'exams.span_bad'],
    ['36 months', '/api/exam-statistics?from=2023-11&to=2026-10', 200, null],
    ['37 months', '/api/exam-statistics?from=2023-10&to=2026-10', 422, 'exams.span_bad'],
  ])('%s', async (_name, path, status, code) => {
    const answer = await officer('440100').get(path);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });
});

describe('the questions of an exam', () => {
  const items = (client: TestClient, examId: string) =>
    client.get<{ candidates: number; items: ExamItem[] }>(`/api/exams/${examId}/items`);

  it('say how hard they were, whether they tell good from weak, and what was chosen', async () => {
    const { body } = await items(world.bank.teacher.client, world.exams[0]?.id ?? '');
    expect(body.candidates).toBe(9);
    expect(body.items).toHaveLength(QUESTIONS);
    const of = (at: number) => body.items.find(({ versionId }) => versionId === world.versionIds[at]);
    expect(of(0)).toMatchObject({ pValue: 1, discrimination: null, right: 9 });
    expect(of(5)).toMatchObject({ pValue: expect.closeTo(6 / 9, 9), discrimination: expect.closeTo(1, 9) });
    expect(of(9)).toMatchObject({ pValue: 0 });
    expect(of(5)?.choices).toEqual([
      { part: 0, choice: 'true', count: 6 },
      { part: 0, choice: 'false', count: 3 },
      { part: 0, choice: 'none', count: 0 },
    ]);
  });

  it('are not for another body', async () => {
    expect((await items(world.bank.otherTeacher.client, world.exams[0]?.id ?? '')).status).toBe(403);
    expect((await items(world.bank.teacher.client, randomUUID())).status).toBe(404);
  });

  it('are not told while they are being asked', async () => {
    const examId = world.exams[0]?.id;
    world.bank.test.clock.set(new Date('2026-08-31T17:59:59Z'));
    expect((await items(world.bank.teacher.client, examId ?? '')).body).toMatchObject({ candidates: 0, items: [] });
    world.bank.test.clock.set(new Date('2026-08-31T18:00:00Z'));
    expect((await items(world.bank.teacher.client, examId ?? '')).body.items).toHaveLength(QUESTIONS);
    world.bank.test.clock.set(NOW);
  });
});
