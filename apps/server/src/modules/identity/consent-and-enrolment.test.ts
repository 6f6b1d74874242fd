import type { Enrolment } from '@antu/contract';
import { currentFaceNotice } from '@antu/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAppendOnly } from '../../platform/testing/index.ts';
import { freshPicture } from './testing/fake-provider.ts';
import { buildIdentityWorld, codeOf, type IdentityWorld, type Learner, standingOf } from './testing/identity-world.ts';

let world: IdentityWorld;
beforeAll(async () => {
  world = await buildIdentityWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

const { version } = currentFaceNotice();
const agree = ({ client }: Learner, noticeVersion = version) => client.post('/api/identity/consent', { noticeVersion });
const enrolOwn = async ({ client }: Learner, picture?: string) =>
  client.post<{ accepted: boolean; problems: string[] }>('/api/identity/enrolment', {
    picture: picture ?? (await freshPicture()),
  });
const pictureUrl = (personId: string) => `/api/people/${personId}/identity/picture`;
const confirm = async (personId: string, accept: boolean, reason = '', by = world.staff('teacher', world.bodyId)) => {
  const { enrolledAt } = (await by.client.get<{ enrolment: Enrolment }>(`/api/people/${personId}/identity`)).body
    .enrolment;
  return by.client.post<Enrolment>(`/api/people/${personId}/identity/confirmation`, { accept, reason, enrolledAt });
};

describe('consent', () => {
  it('is asked for with the notice in force and taken down with who, when and from where', async () => {
    const learner = await world.addLearner();
    expect(await standingOf(learner)).toMatchObject({
      schemes: ['work-safety'],
      notice: { version },
      consent: null,
      enrolment: { state: 'none', hasPicture: false },
      signIn: { required: true, passedAt: null },
    });
    expect(codeOf(await agree(learner, '2000-01-01'))).toBe('identity.old_notice');
    expect((await agree(learner)).status).toBe(200);
    await agree(learner);
    expect((await standingOf(learner)).consent?.noticeVersion).toBe(version);
    expect(
      await world.rows(
        'select kind, notice_version, account_id, host(address) as address from face_consent where person_id = $1',
        [learner.personId],
      ),
    ).toEqual([{ kind: 'given', notice_version: version, account_id: learner.actor.accountId, address: '127.0.0.1' }]);
    expect(await world.auditActions(learner.actor.accountId)).toEqual(['identity.consent-give']);
  });

  it('is needed before any photo is taken, by the learner or by staff', async () => {
    const learner = await world.addLearner();
    expect(codeOf(await enrolOwn(learner))).toBe('identity.no_consent');
    const { client } = world.staff('enterprise-manager', world.enterpriseId);
    const body = { source: 'roster', picture: await freshPicture() };
    expect(codeOf(await client.post(pictureUrl(learner.personId), body))).toBe('identity.no_consent');
    expect(await world.rows('select from face_enrolment where person_id = $1', [learner.personId])).toEqual([]);
    expect(world.provider.enrolled.some(({ personId }) => personId === learner.personId)).toBe(false);
  });

  it('cannot be changed afterwards, nor can verdicts, votes and doubles', async () => {
    await expectAppendOnly(world.database, ['face_consent', 'identity_check', 'identity_review_vote', 'face_double']);
  });
});

describe('withdrawal', () => {
  it('deletes template, photo and every picture at once, from the disk too', async () => {
    const before = await world.files();
    const learner = await world.addEnrolled();
    await world.pass(learner);
    const open = await world.begin(learner);
    world.test.clock.advance(1500);
    await world.send(learner, open, { frames: await world.frames(-1, await Promise.all([1, 2, 3].map(freshPicture))) });
    const own = (await world.files()).filter((file) => file.includes(learner.personId));
    expect(own.length).toBe(3);
    const shas = await world.rows('select sha256 from identity_capture where person_id = $1', [learner.personId]);

    const answer = await learner.client.delete('/api/identity/consent');
    expect(answer.body).toMatchObject({ consent: null, enrolment: { state: 'none', hasPicture: false } });
    expect((await world.files()).toSorted()).toEqual(before.toSorted());
    expect(await world.rows('select from face_enrolment where person_id = $1', [learner.personId])).toEqual([]);
    expect(
      await world.rows('select storage_key, sha256 from identity_capture where person_id = $1', [learner.personId]),
    ).toEqual(shas.map(({ sha256 }) => ({ storage_key: null, sha256 })));
    expect(
      await world.rows('select kind from face_consent where person_id = $1 order by id', [learner.personId]),
    ).toEqual([{ kind: 'given' }, { kind: 'withdrawn' }]);
    // The check that was going on is over with it.
    expect(codeOf(await world.send(learner, open, { step: 0 }))).toBe('identity.challenge_used');
    expect((await learner.client.delete('/api/identity/consent')).status).toBe(200);
    expect(await world.rows('select from face_consent where person_id = $1', [learner.personId])).toHaveLength(2);
  });

  it('leaves nothing to compare with, and consent may be given again', async () => {
    const learner = await world.addEnrolled();
    await learner.client.delete('/api/identity/consent');
    expect(codeOf(await world.send(learner, await world.begin(learner)))).toBe('identity.not_enrolled');
    expect(codeOf(await enrolOwn(learner))).toBe('identity.no_consent');
    await agree(learner);
    expect((await enrolOwn(learner)).body.accepted).toBe(true);
  });
});

describe('a photo that the learner took', () => {
  it('waits until somebody of the organisation compares it with the ID card', async () => {
    const learner = await world.addLearner();
    await agree(learner);
    expect((await enrolOwn(learner)).body).toMatchObject({ accepted: true, problems: [] });
    expect((await standingOf(learner)).enrolment).toMatchObject({ state: 'waiting', source: 'self', hasPicture: true });
    expect(codeOf(await world.send(learner, await world.begin(learner)))).toBe('identity.not_enrolled');

    const manager = world.staff('enterprise-manager', world.enterpriseId);
    const waiting = await manager.client.get<{ items: { personId: string }[]; total: number }>(
      `/api/organisations/${world.enterpriseId}/identity/waiting`,
    );
    expect(waiting.body.items.map(({ personId }) => personId)).toContain(learner.personId);
    const picture = await manager.client.get(pictureUrl(learner.personId));
    expect(picture.headers['content-type']).toBe('image/jpeg');

    expect((await confirm(learner.personId, true, '', manager)).body).toMatchObject({ state: 'active' });
    expect(await world.auditActions(manager.actor.accountId)).toEqual([
      'identity.waiting-list',
      'identity.picture-read',
      'identity.read',
      'identity.enrolment-confirm',
    ]);
    expect((await world.pass(learner)).body).toMatchObject({ outcome: 'passed' });
    expect(codeOf(await confirm(learner.personId, true))).toBe('identity.nothing_to_confirm');
  });

  it('is refused with a reason, and template and photo are gone', async () => {
    const learner = await world.addLearner();
    await agree(learner);
    await enrolOwn(learner);
    expect(codeOf(await confirm(learner.personId, false, '  '))).toBe('identity.reason_missing');
    expect((await confirm(learner.personId, false, '照片上不是本人')).body).toMatchObject({
      state: 'refused',
      refusedBecause: '照片上不是本人',
      hasPicture: false,
    });
    expect(
      await world.rows('select template_sealed, picture_key from face_enrolment where person_id = $1', [
        learner.personId,
      ]),
    ).toEqual([{ template_sealed: null, picture_key: null }]);
    expect((await world.files()).filter((file) => file.includes(learner.personId))).toEqual([]);
    expect((await enrolOwn(learner)).body.accepted).toBe(true);
  });

  it('is not confirmed unseen when another one came meanwhile', async () => {
    const learner = await world.addLearner();
    await agree(learner);
    await enrolOwn(learner);
    const { enrolledAt } = (await standingOf(learner)).enrolment;
    world.test.clock.advance(5000);
    await enrolOwn(learner);
    const { client } = world.staff('teacher', world.bodyId);
    const url = `/api/people/${learner.personId}/identity/confirmation`;
    expect(codeOf(await client.post(url, { accept: true, enrolledAt }))).toBe('identity.picture_changed');
    expect((await standingOf(learner)).enrolment.state).toBe('waiting');
    // The photo that was replaced is not kept.
    expect((await world.files()).filter((file) => file.includes(learner.personId))).toHaveLength(1);
  });

  it('never takes the place of a confirmed one', async () => {
    const learner = await world.addEnrolled();
    expect(codeOf(await enrolOwn(learner))).toBe('identity.already_enrolled');
    expect((await world.files()).filter((file) => file.includes(learner.personId))).toHaveLength(1);
  });

  it('is kept encrypted: neither photo nor template can be read without the keys', async () => {
    const learner = await world.addEnrolled();
    const [row] = await world.rows<{ template_sealed: Buffer; picture_key: string; id: string }>(
      'select template_sealed, picture_key, id from face_enrolment where person_id = $1',
      [learner.personId],
    );
    const { storage, keys } = world.test.platform;
    const file = await storage.get(row?.picture_key ?? '');
    const bytes = Buffer.concat((await file?.stream.toArray()) ?? []);
    // Only at the beginning: three given bytes stand somewhere in twenty thousand random ones every now and then.
    expect(bytes.length).toBeGreaterThan(100);
    expect(bytes.subarray(0, 3)).not.toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const sealed = row?.template_sealed ?? Buffer.alloc(0);
    expect(keys.decryptBytes('identity.template', sealed, row?.id ?? '')).toHaveLength(512);
    expect(() => keys.decryptBytes('identity.template', sealed, 'another row')).toThrow();
  });
});

describe('a photo that cannot be used', () => {
  it('is told what is wrong, and nothing is stored', async () => {
    const learner = await world.addLearner();
    await agree(learner);
    world.provider.onEnrol = () => ({ outcome: 'refused', problems: ['two-faces', 'too-dark'] });
    const refused = await enrolOwn(learner);
    expect(refused.body).toMatchObject({ accepted: false, problems: ['too-dark', 'two-faces'] });
    world.provider.onEnrol = () => ({ outcome: 'pending' });
    expect((await enrolOwn(learner)).body).toMatchObject({ accepted: false, problems: ['provider-away'] });
    world.provider.onEnrol = () => Promise.reject(new Error('broken'));
    expect((await enrolOwn(learner)).body).toMatchObject({ accepted: false, problems: ['provider-away'] });
    world.provider.onEnrol = (() => ({ outcome: 'accepted' })) as unknown as typeof world.provider.onEnrol;
    expect((await enrolOwn(learner)).body).toMatchObject({ accepted: false, problems: ['provider-away'] });
    expect((await standingOf(learner)).enrolment.state).toBe('none');
    expect((await world.files()).filter((file) => file.includes(learner.personId))).toEqual([]);
  });

  it.each([
    ['one byte', 'AA=='],
    ['a text', Buffer.from('x'.repeat(5000)).toString('base64')],
    [
      'a page that calls itself a picture',
      Buffer.from(`\xff\xd8\xff${'<script>'.repeat(50)}`, 'latin1').toString('base64'),
    ],
    ['a head without a body', Buffer.from(`\x89PNG\r\n\x1a\n${'\0'.repeat(200)}`, 'latin1').toString('base64')],
  ])('%s is unreadable before any provider sees it', async (_, picture) => {
    const learner = await world.addLearner();
    await agree(learner);
    const asked = world.provider.enrolled.length;
    expect((await enrolOwn(learner, picture)).body).toMatchObject({ accepted: false, problems: ['unreadable'] });
    expect(world.provider.enrolled).toHaveLength(asked);
  });

  it.each([
    ['nothing', ''],
    ['more than 1.5 MiB', 'A'.repeat(2_097_156)],
    ['no base64', '<svg>'],
  ])('%s is refused by the schema', async (_, picture) => {
    const learner = await world.addLearner();
    await agree(learner);
    expect((await enrolOwn(learner, picture)).status).toBe(400);
  });

  it('may be tried twenty times in ten minutes', async () => {
    const learner = await world.addLearner();
    await agree(learner);
    for (let tries = 0; tries < 20; tries += 1) expect((await enrolOwn(learner, 'AA==')).status).toBe(200);
    const refused = await enrolOwn(learner, 'AA==');
    expect([refused.status, codeOf(refused)]).toEqual([429, 'identity.too_many_checks']);
    world.test.clock.advance(600_000);
    expect((await enrolOwn(learner, 'AA==')).status).toBe(200);
  });
});

describe('staff', () => {
  it('enrol and confirm within their organisation only, and never themselves', async () => {
    const learner = await world.addLearner();
    await agree(learner);
    const body = { source: 'on-site', picture: await freshPicture() };
    const stranger = world.staff('body-manager', world.otherBodyId, '460106');
    expect((await stranger.client.post(pictureUrl(learner.personId), body)).status).toBe(403);
    const self = world.staff('body-manager', world.bodyId, undefined, learner.personId);
    expect((await self.client.post(pictureUrl(learner.personId), body)).status).toBe(403);
    await enrolOwn(learner);
    const { enrolledAt } = (await standingOf(learner)).enrolment;
    const url = `/api/people/${learner.personId}/identity/confirmation`;
    expect((await self.client.post(url, { accept: true, enrolledAt })).status).toBe(403);
    expect((await stranger.client.post(url, { accept: true, enrolledAt })).status).toBe(403);
    const officer = world.staff('officer-county', world.bodyId);
    expect((await officer.client.get(`/api/people/${learner.personId}/identity`)).status).toBe(200);
    expect((await officer.client.post(pictureUrl(learner.personId), body)).status).toBe(403);
  });

  it('replace an old photo', async () => {
    const learner = await world.addEnrolled();
    const { client } = world.staff('teacher', world.bodyId);
    const answer = await client.post(pictureUrl(learner.personId), { source: 'roster', picture: await freshPicture() });
    expect(answer.body).toMatchObject({ accepted: true, enrolment: { state: 'active', source: 'roster' } });
    expect((await world.files()).filter((file) => file.includes(learner.personId))).toHaveLength(1);
  });
});
