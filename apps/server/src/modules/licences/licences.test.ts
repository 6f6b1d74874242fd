import type {
  LicenceDetail,
  LicenceRequest,
  LicenceView,
  OwnLicence,
  ScannedLicence,
  ShownLicence,
} from '@antu/contract';
import { addDays, bucketOf, chinaDateAt } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAppendOnly, type TestClient } from '../../platform/testing/index.ts';
import { auditModule } from '../audit/index.ts';
import { documentsModule, loadDocument, standingOf } from '../documents/index.ts';
import { DEMO_LEARNERS, peopleModule } from '../people/index.ts';
import { type PeopleTest, startPeopleTest } from '../people/testing.ts';
import { licencesModule as wholeModule } from './index.ts';
import { cancelLapsed } from './cancel-lapsed.ts';

type Page<Item> = { items: Item[]; total: number };
type Refusal = { error: { code: string; details: { unmet?: { code: string }[] } } };

const { seed: _, ...licencesModule } = wholeModule;
let people: PeopleTest;
let county: TestClient;
let city: TestClient;
beforeAll(async () => {
  people = await startPeopleTest([auditModule, peopleModule, documentsModule, licencesModule]);
  county = await people.as('officer-county');
  city = await people.as('officer-city');
}, 60_000);
afterAll(() => people.close());

const clock = () => people.test.clock;
const today = () => chinaDateAt(clock().nowMs());
const codeOf = ({ body }: { body: unknown }) => (body as Refusal).error.code;
const unmetOf = ({ body }: { body: unknown }) => (body as Refusal).error.details.unmet?.map(({ code }) => code);
let nextPerson = 1;
/** A learner of the county whom no other test uses. */
async function freshPerson(): Promise<string> {
  const { body } = await city.get<Page<{ id: string }>>('/api/people?limit=200&region=440104');
  nextPerson += 1;
  return body.items.at(-nextPerson)?.id ?? '';
}
const ask = (client: TestClient, body: object) => client.post<{ requestId: string }>('/api/licence-requests', body);
const decide = (client: TestClient, requestId: string, decision = 'granted', note = '') =>
  client.post<LicenceRequest>(`/api/licence-requests/${requestId}/decision`, { decision, note });
const read = async (id: string | null | undefined) => (await city.get<LicenceDetail>(`/api/licences/${id}`)).body;
async function doBoth(personId: string, kind: string, reason: number | null, category = '02001'): Promise<void> {
  const { body } = await ask(county, { personId, category, kind, reason });
  const { status, text } = await decide(city, body.requestId);
  if (status !== 200) throw new Error(text);
}
async function licenceOf(personId: string, category = '02001'): Promise<string> {
  const { rows } = await people.database.owner.query<{ id: string }>(
    'select id from licence where person_id = $1 and category = $2 order by created_at desc limit 1',
    [personId, category],
  );
  return rows[0]?.id ?? '';
}
/** Moves the last day of a licence, as years would. */
const endOn = (id: string, day: string) =>
  people.database.owner.query(
    `update licence set first_issued_on = least(first_issued_on, $3::date - 2191), valid_from = $3::date - 2191, valid_until = $3,
       lapses_on = $3::date + 181 where bucket = $1 and id = $2`,
    [bucketOf(id), id, day],
  );
async function issued(): Promise<{ personId: string; id: string }> {
  const personId = await freshPerson();
  await doBoth(personId, 'issue', 1);
  return { personId, id: await licenceOf(personId) };
}

describe('A licence', () => {
  it('is issued by another officer than the one who asked, for six years from that day', async () => {
    const personId = await freshPerson();
    const { body } = await ask(county, { personId, category: '02001', kind: 'issue', reason: 1 });
    expect(codeOf(await decide(county, body.requestId))).toBe('licences.own_request');
    const { body: decided } = await decide(city, body.requestId, 'granted', '材料齐全');
    expect(decided).toMatchObject({ state: 'granted', decisionNote: '材料齐全', isMine: false, askedBy: 'officer' });
    const id = await licenceOf(personId);
    expect(await read(id)).toMatchObject({
      statusCode: '10',
      validFrom: '2026-11-21',
      validUntil: '2032-11-20',
      lapsesOn: addDays('2032-11-20', 181),
      authorityName: '广州市道路运输安全监管所（演示）',
      events: [{ action: 'issue', reason: 1, byName: '穗路平' }],
    });
    expect(codeOf(await decide(city, body.requestId))).toBe('licences.request_decided');
  });

  it('exists once in a category, several of different ones stand side by side', async () => {
    const { personId } = await issued();
    expect(unmetOf(await ask(county, { personId, category: '02001', kind: 'issue', reason: 1 }))).toEqual([
      'has-licence',
    ]);
    await doBoth(personId, 'issue', 1, '03001');
    await doBoth(personId, 'revoke', null, '03001');
    expect((await read(await licenceOf(personId, '03001'))).statusCode).toBe('05');
    expect((await read(await licenceOf(personId))).statusCode).toBe('10');
    clock().set(new Date(clock().nowMs() + 1000));
    await doBoth(personId, 'issue', 1, '03001');
    expect((await read(await licenceOf(personId, '03001'))).statusCode).toBe('10');
  });

  it('is issued once when two decide at once', async () => {
    const personId = await freshPerson();
    const { body } = await ask(county, { personId, category: '02001', kind: 'issue', reason: 1 });
    const both = await Promise.all([decide(city, body.requestId), decide(city, body.requestId)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('that was refused is not there, and can be asked for again', async () => {
    const personId = await freshPerson();
    const { body } = await ask(county, { personId, category: '02001', kind: 'issue', reason: 1 });
    expect(unmetOf(await ask(county, { personId, category: '02001', kind: 'issue', reason: 1 }))).toEqual([
      'open-request',
    ]);
    await decide(city, body.requestId, 'refused', '材料不全');
    expect(await licenceOf(personId)).toBe('');
    expect((await ask(county, { personId, category: '02001', kind: 'issue', reason: 1 })).status).toBe(201);
  });

  it.each([
    ['suspend', null, '09'],
    ['withdraw', null, '04'],
    ['cancel', null, '03'],
    ['revoke', null, '05'],
  ])('can be told to %s', async (kind, reason, statusCode) => {
    const { personId, id } = await issued();
    await doBoth(personId, kind, reason);
    expect((await read(id)).statusCode).toBe(statusCode);
    expect(unmetOf(await ask(county, { personId, category: '02001', kind: 'renew', reason: 6 }))).toContain('ended');
    if (kind !== 'suspend') return;
    await doBoth(personId, 'restore', null);
    expect((await read(id)).statusCode).toBe('10');
  });

  it('is outside the reach of another city, of which nothing is told', async () => {
    const { id, personId } = await issued();
    const other = await people.as('officer-sz');
    expect((await other.get(`/api/licences/${id}`)).status).toBe(403);
    expect((await other.get<Page<LicenceView>>('/api/licences')).body.items.some((one) => one.id === id)).toBe(false);
    expect((await ask(other, { personId, category: '02001', kind: 'revoke' })).status).toBe(403);
  });
});

describe('Renewal', () => {
  it.each([
    ['the day before it may be asked for', 181, false],
    ['on the first day', 180, true],
    ['on the last day', 0, true],
    ['180 days late', -180, true],
    ['181 days late', -181, false],
  ])('%s', async (_title, daysLeft, isGiven) => {
    const { personId, id } = await issued();
    const until = addDays(today(), daysLeft);
    await endOn(id, until);
    const asked = await ask(county, { personId, category: '02001', kind: 'renew', reason: 6 });
    expect(asked.status).toBe(isGiven ? 201 : 409);
    if (!isGiven) return;
    await decide(city, asked.body.requestId);
    const start = daysLeft < 0 ? today() : addDays(until, 1);
    const renewed = await read(id);
    expect(renewed).toMatchObject({ statusCode: '10', validFrom: today() });
    expect(renewed.validUntil).toBe(addDays(`${Number(start.slice(0, 4)) + 6}${start.slice(4)}`, -1));
  });

  it('is asked for by the holder and decided by an officer; a stranger’s licence is not there', async () => {
    const driver = await people.as('driver');
    const { body: me } = await driver.get<{ personId: string }>('/api/auth/me');
    const personId = me.personId ?? (await personIdOf('林守诚'));
    await doBoth(personId, 'issue', 1, '01001');
    const id = await licenceOf(personId, '01001');
    await endOn(id, addDays(today(), 40));
    const url = `/api/licences/own/${id}/requests`;
    const stranger = await people.as('driver-sz');
    expect(codeOf(await stranger.post(url, { kind: 'renew', reason: 6 }))).toBe('licences.not_found');
    expect((await driver.post(url, { kind: 'revoke' })).status).toBe(400);
    const { body } = await driver.post<{ requestId: string }>(url, { kind: 'renew', reason: 6 });
    const own = async () => (await driver.get<{ items: OwnLicence[] }>('/api/licences/own')).body.items;
    expect((await own()).find((one) => one.id === id)).toMatchObject({ openRequest: 'renew', phase: 'renewable' });
    await decide(county, body.requestId);
    expect((await own()).find((one) => one.id === id)).toMatchObject({ openRequest: null, phase: 'in-term' });
  });
});

const personIdOf = async (name: string): Promise<string> =>
  (await city.get<Page<{ id: string }>>(`/api/people?name=${encodeURIComponent(name)}`)).body.items[0]?.id ?? '';

describe('The job that cancels', () => {
  it('forgets nobody however late it runs, spares the last day of grace, and does nothing twice', async () => {
    await cancelLapsed(people.test.platform);
    const [late, forgotten, grace, suspended] = [await issued(), await issued(), await issued(), await issued()];
    await doBoth(suspended.personId, 'suspend', null);
    await endOn(late.id, addDays(today(), -181));
    await endOn(forgotten.id, addDays(today(), -900));
    await endOn(suspended.id, addDays(today(), -181));
    await endOn(grace.id, addDays(today(), -180));
    expect((await read(grace.id)).statusCode).toBe('02');
    const [one, other] = await Promise.all([cancelLapsed(people.test.platform), cancelLapsed(people.test.platform)]);
    expect(one + other).toBe(3);
    expect(await cancelLapsed(people.test.platform)).toBe(0);
    expect((await read(late.id)).events[0]).toMatchObject({ action: 'cancel', byName: null });
    for (const { id } of [late, forgotten, suspended]) expect((await read(id)).standing).toBe('cancelled');
    expect((await read(grace.id)).standing).toBe('granted');
  });

  it('closes what was still asked for', async () => {
    const { personId, id } = await issued();
    await endOn(id, addDays(today(), -180));
    await ask(county, { personId, category: '02001', kind: 'renew', reason: 6 });
    await endOn(id, addDays(today(), -181));
    await cancelLapsed(people.test.platform);
    expect((await read(id)).requests[0]).toMatchObject({ state: 'refused', decisionNote: '逾期未换证，证件已注销。' });
  });
});

describe('Cards of before', () => {
  const learner = DEMO_LEARNERS.findLast(({ employer }) => employer === 'linglan');
  const stranger = DEMO_LEARNERS.find(({ employer, enrolled }) => employer === 'pengtu' && !enrolled);
  const card = (with_: object = {}) => ({
    idNumber: learner?.idNumber.normalised ?? '',
    category: '道路旅客运输驾驶员',
    medium: 'IC卡',
    cardNumber: '粤A00123',
    firstIssuedOn: '2015/3/5',
    validFrom: '2021年3月5日',
    validUntil: '20270304',
    ...with_,
  });
  const carry = async (rows: object[], dryRun: boolean) =>
    (
      await county.post<{ rows: { outcome: string; problems: { column: string }[] }[] }>('/api/licence-cards', {
        dryRun,
        rows,
      })
    ).body.rows;

  it('come back row by row with the column of each problem', async () => {
    const rows = await carry(
      [
        card(),
        card({ idNumber: '440199198001010000', category: '99999', medium: '木', validUntil: '2021-02-30' }),
        card({ validUntil: '2027-03-06' }),
        card({ validUntil: '2027-03-05' }),
        card({ validFrom: '2020-06-01', validUntil: addDays(today(), -181) }),
        card({ validFrom: '2020-03-05', validUntil: '2026-03-04' }),
        card({ idNumber: stranger?.idNumber.normalised }),
        card({ firstIssuedOn: '2021-03-06' }),
      ],
      true,
    );
    expect(rows.map(({ outcome, problems }) => [outcome, problems.map(({ column }) => column)])).toEqual([
      ['ready', []],
      ['refused', ['idNumber', 'category', 'medium', 'validUntil']],
      ['refused', ['validUntil']],
      ['ready', []],
      ['refused', ['validUntil']],
      ['refused', ['validUntil']],
      ['refused', ['idNumber']],
      ['refused', ['firstIssuedOn']],
    ]);
  });

  it('are kept once, stay good until they expire, and become electronic when renewed', async () => {
    expect((await carry([card(), card()], false)).map(({ outcome }) => outcome)).toEqual(['carried', 'present']);
    expect((await carry([card()], false)).map(({ outcome }) => outcome)).toEqual(['present']);
    const { rows } = await people.database.owner.query<{ id: string; person_id: string; card: Buffer }>(
      `select id, person_id, card_number_sealed as card from licence where medium = 'ic-card'`,
    );
    expect(rows).toHaveLength(1);
    const { id = '', person_id: personId = '', card: sealed } = rows[0] ?? {};
    expect(sealed?.toString()).not.toContain('00123');
    expect(await read(id)).toMatchObject({ statusCode: '10', medium: 'ic-card', firstIssuedOn: '2015-03-05' });
    await doBoth(personId, 'renew', 6, '01001');
    expect(await read(id)).toMatchObject({ statusCode: '10', medium: 'electronic', validUntil: '2033-03-04' });
  });
});

describe('The issued document', () => {
  const load = async (code: string | null) => {
    const found = await loadDocument(people.test.platform, people.test.platform.pool, { code: code ?? '' });
    if (!found) throw new Error('no document');
    return found;
  };

  it('is replaced by the renewal, follows every decision, and masks who holds it', async () => {
    const { personId, id } = await issued();
    const first = (await read(id)).documentCode;
    expect(standingOf(await load(first), clock().now())).toMatchObject({ statusCode: '10' });
    const shown = (await load(first)).fields.filter(({ show }) => show === 'public').map(({ key }) => key);
    expect(shown).not.toContain('name');
    expect(shown).not.toContain('idNumber');
    await doBoth(personId, 'replace', 2);
    const second = (await read(id)).documentCode;
    expect(second).not.toBe(first);
    expect(standingOf(await load(first), clock().now())).toMatchObject({ statusCode: '01' });
    expect((await load(first)).replacedBy?.code).toBe(second);
    for (const [kind, code] of [
      ['suspend', '09'],
      ['restore', '10'],
      ['revoke', '05'],
    ] as const) {
      clock().set(new Date(clock().nowMs() + 1000));
      await doBoth(personId, kind, null);
      expect(standingOf(await load(second), clock().now())).toMatchObject({ statusCode: code });
      expect((await read(id)).statusCode).toBe(code);
    }
  });

  it('is good on the last day of its term and not a moment longer', async () => {
    const { id } = await issued();
    const { documentCode, validUntil } = await read(id);
    const end = Date.parse(`${addDays(validUntil, 1)}T00:00:00+08:00`);
    const document = await load(documentCode);
    expect(standingOf(document, new Date(end - 1)).statusCode).toBe('10');
    expect(standingOf(document, new Date(end)).statusCode).toBe('02');
  });
});

describe('A licence that is shown', () => {
  const scan = async (text: string, client = county) =>
    (await client.post<ScannedLicence>('/api/licence-scans', { text })).body;
  const show = (client: TestClient, id: string) => client.post<ShownLicence>(`/api/licences/own/${id}/token`);

  it('is good for a minute; then it is a picture of a screen, and another document’s token is nothing', async () => {
    const driver = await people.as('driver');
    const personId = await personIdOf('林守诚');
    await doBoth(personId, 'issue', 1, '03001');
    const id = await licenceOf(personId, '03001');
    expect(codeOf(await show(await people.as('driver-sz'), id))).toBe('licences.not_found');
    const { body: shown } = await show(driver, id);
    expect(shown.secondsLeft).toBe(60);
    // From anywhere: a driver from another city stands before the officer.
    const officer = await people.as('officer-sz');
    expect(await scan(shown.url, officer)).toMatchObject({
      token: 'shown',
      licence: { statusCode: '10', name: '林守诚', category: '03001' },
    });
    clock().set(new Date(clock().nowMs() + 64_000));
    expect(await scan(shown.url)).toMatchObject({ token: 'shown' });
    clock().set(new Date(clock().nowMs() + 1_000));
    expect(await scan(shown.url)).toMatchObject({ token: 'stale', staleSeconds: 5, licence: { statusCode: '10' } });
    const other = await issued();
    const { documentCode } = await read(other.id);
    expect(await scan(shown.url.replace(shown.code, documentCode ?? ''))).toMatchObject({ token: 'bad' });
    await doBoth(personId, 'revoke', null, '03001');
    expect(codeOf(await show(driver, id))).toBe('licences.not_shown');
    expect(await scan(shown.code)).toMatchObject({ token: 'none', licence: { statusCode: '05' } });
  });

  it('by the paper of before leads to the licence, and says that the paper was replaced', async () => {
    const { personId, id } = await issued();
    const old = (await read(id)).documentCode ?? '';
    await doBoth(personId, 'replace', 2);
    const typed = `${old.slice(0, 5)}-${old.slice(5)}`.toLowerCase();
    expect(await scan(typed)).toMatchObject({ token: 'none', licence: { id, statusCode: '01' } });
  });

  it.each(['', '没有', '00000000000000000000', 'https://x/verify/%00?t=1'])('that is %j is nobody’s', async (text) => {
    if (text === '') expect((await county.post('/api/licence-scans', { text })).status).toBe(400);
    else expect((await scan(text)).licence).toBeNull();
  });

  it('leaves a row of who looked', async () => {
    const { id } = await issued();
    await scan((await read(id)).documentCode ?? '');
    const { rows } = await people.database.owner.query(
      `select from audit_entry where action = 'licences.scan' and login = 'officer-county' and object_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('What was done to licences', () => {
  it('can be added to and never changed', async () => {
    await issued();
    await expectAppendOnly(people.database, ['licence_event']);
  });
});
