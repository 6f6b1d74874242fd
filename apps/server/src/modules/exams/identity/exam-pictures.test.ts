import { randomUUID } from 'node:crypto';
import type { SittingPaper, SittingRecord } from '@antu/contract';
import { bucketOf } from '@antu/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { filesOf } from '../../identity/testing/check-helpers.ts';
import { freshPicture, passed } from '../../identity/testing/fake-provider.ts';
import { codeOf } from '../../identity/testing/identity-world.ts';
import { buildSeatedWorld, type Seat, type SeatedWorld } from './testing/seated-world.ts';

let world: SeatedWorld;
beforeAll(async () => {
  world = await buildSeatedWorld();
});
beforeEach(() => world.provider.reset());
afterAll(() => world.close());

interface Begun extends Seat {
  readonly paper: SittingPaper;
}
/** Somebody enrolled who has just begun. */
async function begun(): Promise<Begun> {
  const seat = await world.seat(await world.addEnrolled());
  await world.passCheck(seat);
  return { ...seat, paper: (await world.start(seat)).body };
}
const STEP_MS = 5_000;
const WAIT_MS = 90_000;
/** Lets time pass until the sitting asks for a picture, as a page that looks now and then. @returns its number */
async function untilAsked(seat: Seat): Promise<number> {
  for (let passedMs = 0; passedMs <= 600_000; passedMs += STEP_MS) {
    const { picture } = await world.look(seat);
    if (picture) return picture.id;
    world.test.clock.advance(STEP_MS);
  }
  throw new Error('no picture was asked for in ten minutes');
}
const send = (
  { learner, sittingId, paper }: Begun,
  pictureId: number,
  { picture, failure, deviceToken }: { picture?: string | null; failure?: string; deviceToken?: string } = {},
) =>
  learner.client.post<{ taken: boolean }>(`/api/exam-sittings/${sittingId}/pictures/${pictureId}`, {
    deviceToken: deviceToken ?? paper.deviceToken,
    picture: picture ?? null,
    failure: failure ?? null,
  });
const give = async (seat: Begun, picture?: string) =>
  send(seat, await untilAsked(seat), { picture: picture ?? (await freshPicture()) });
const kindsOf = async (seat: Seat) =>
  (await world.eventsOf(seat)).map(({ kind }) => kind).filter((kind) => kind.startsWith('picture'));

describe('A picture in passing', () => {
  it('is asked for, kept sealed with the sitting, looked at, and is no alert if it shows the candidate alone', async () => {
    const seat = await begun();
    const before = (await filesOf(world, seat.learner)).length;
    const id = await untilAsked(seat);
    expect((await send(seat, id, { picture: await freshPicture() })).body).toEqual({ taken: true });
    expect(await filesOf(world, seat.learner)).toHaveLength(before + 1);
    expect((await world.look(seat)).picture).toBeNull();
    await world.work('identity.judge-snapshot');
    const [capture] = await world.rows(
      `select findings::jsonb ->> 'finding' as finding, session_id, (keep_until - taken_at) = interval '730 days' as kept
       from identity_capture where person_id = $1 and kind = 'random'`,
      [seat.learner.personId],
    );
    expect(capture).toEqual({ finding: 'match', session_id: seat.sittingId, kept: true });
    expect(await kindsOf(seat)).toEqual(['picture']);
    expect(await world.alertsOf(seat)).toEqual([]);
  });

  it('comes at other moments for everybody', async () => {
    const firstAsked = async () => {
      const seat = await begun();
      const startMs = world.test.clock.nowMs();
      await untilAsked(seat);
      return world.test.clock.nowMs() - startMs;
    };
    const moments = new Set<number>();
    for (let n = 0; n < 6; n += 1) moments.add(await firstAsked());
    expect(moments.size).toBeGreaterThan(2);
  });

  const shown = (changes: Partial<typeof passed>): typeof passed => ({ ...passed, outcome: 'failed', ...changes });
  it.each([
    ['somebody else', shown({ problems: ['other-person'], distance: 0.8 }), 'picture-other'],
    ['two people', shown({ problems: ['two-faces'], distance: null }), 'picture-two'],
    ['nobody', shown({ problems: ['no-face', 'too-dark'], distance: null }), 'picture-none'],
  ])('of %s is told the invigilator and voids nothing', async (_, answer, alert) => {
    const seat = await begun();
    await give(seat);
    world.provider.onJudge = () => answer;
    await world.work('identity.judge-snapshot');
    expect(await world.alertsOf(seat)).toEqual([alert]);
    expect(await kindsOf(seat)).toEqual(['picture', alert]);
    expect((await world.look(seat)).state).toBe('running');
  });

  it('that was there before is told, too', async () => {
    const seat = await begun();
    const picture = await freshPicture();
    await give(seat, picture);
    await give(seat, picture);
    await world.work('identity.judge-snapshot');
    expect(await world.alertsOf(seat)).toEqual(['picture-repeated']);
  });
});

describe('Silence', () => {
  it('is told once, a millisecond after the time of the picture is over', async () => {
    const seat = await begun();
    await untilAsked(seat);
    // The moment lies between two looks: find its end to the millisecond.
    const lastMs = await lastMomentOf(seat);
    world.test.clock.set(new Date(lastMs));
    await world.runCron('exams.watch-pictures');
    expect(await world.alertsOf(seat)).toEqual([]);
    world.test.clock.set(new Date(lastMs + 1));
    await world.runCron('exams.watch-pictures');
    await world.runCron('exams.watch-pictures');
    expect(await world.alertsOf(seat)).toEqual(['picture-missing']);
    expect(await kindsOf(seat)).toEqual(['picture-missing']);
    expect((await world.look(seat)).state).toBe('running');
  });

  it('during the whole exam is one alert and one fact for each picture', async () => {
    const seat = await begun();
    world.test.clock.advance(3_600_000);
    await world.runCron('exams.watch-pictures');
    const missing = await kindsOf(seat);
    expect(missing.length).toBeGreaterThanOrEqual(6);
    expect(new Set(missing)).toEqual(new Set(['picture-missing']));
    expect(await world.alertsOf(seat)).toEqual(['picture-missing']);
  });

  it('before a picture that came is not forgotten', async () => {
    const seat = await begun();
    const first = await untilAsked(seat);
    world.test.clock.advance(WAIT_MS + STEP_MS);
    const second = await untilAsked(seat);
    expect(second).toBe(first + 1);
    await send(seat, second, { picture: await freshPicture() });
    expect(await kindsOf(seat)).toEqual(['picture-missing', 'picture']);
    expect(await world.alertsOf(seat)).toEqual(['picture-missing']);
  });

  it('is not told of a picture that was awaited when the candidate handed in, and nothing is after', async () => {
    const seat = await begun();
    await untilAsked(seat);
    await seat.learner.client.post(`/api/exam-sittings/${seat.sittingId}/submit`, {
      deviceToken: seat.paper.deviceToken,
    });
    world.test.clock.advance(3_600_000);
    await world.runCron('exams.watch-pictures');
    expect(await world.alertsOf(seat)).toEqual([]);
    expect(await world.rows('select watched from exam_sitting where id = $1', [seat.sittingId])).toEqual([
      { watched: false },
    ]);
  });

  /** The last millisecond at which the picture that is asked for now is still taken, found by asking. */
  async function lastMomentOf(seat: Seat): Promise<number> {
    const nowMs = world.test.clock.nowMs();
    let [from, until] = [nowMs, nowMs + WAIT_MS + 1];
    while (until - from > 1) {
      const middle = Math.floor((from + until) / 2);
      world.test.clock.set(new Date(middle));
      if ((await world.look(seat)).picture) from = middle;
      else until = middle;
    }
    return from;
  }
});

describe('A picture is refused', () => {
  it('with no bytes at all', async () => {
    const seat = await begun();
    const id = await untilAsked(seat);
    const answer = await send(seat, id, { picture: '' });
    expect(answer.status).toBe(400);
    expect((await world.look(seat)).picture).toEqual({ id });
  });

  it('with bytes that are none: it is missing at once', async () => {
    const seat = await begun();
    const id = await untilAsked(seat);
    const garbage = Buffer.from('x'.repeat(400)).toString('base64');
    expect((await send(seat, id, { picture: garbage })).body).toEqual({ taken: false });
    expect(await world.eventsOf(seat)).toContainEqual({ kind: 'picture-missing', detail: 'unreadable' });
    expect(await world.alertsOf(seat)).toEqual(['picture-missing']);
  });

  it('when the browser says why there is none: the invigilator is told at once', async () => {
    const seat = await begun();
    await send(seat, await untilAsked(seat), { failure: 'denied' });
    expect(await world.eventsOf(seat)).toContainEqual({ kind: 'picture-missing', detail: 'denied' });
    expect(await world.alertsOf(seat)).toEqual(['picture-missing']);
  });

  it('that nobody asked for, and a second one', async () => {
    const seat = await begun();
    expect((await send(seat, 0, { picture: await freshPicture() })).body).toEqual({ taken: false });
    const id = await untilAsked(seat);
    expect((await send(seat, id + 1, { picture: await freshPicture() })).body).toEqual({ taken: false });
    expect((await send(seat, id, { picture: await freshPicture() })).body).toEqual({ taken: true });
    expect((await send(seat, id, { picture: await freshPicture() })).body).toEqual({ taken: false });
    expect(await kindsOf(seat)).toEqual(['picture']);
  });

  it('when many come at once: one is kept', async () => {
    const seat = await begun();
    const id = await untilAsked(seat);
    const pictures = await Promise.all(Array.from({ length: 8 }, () => freshPicture()));
    const answers = await Promise.all(pictures.map((picture) => send(seat, id, { picture })));
    expect(answers.filter(({ body }) => body.taken)).toHaveLength(1);
    expect(
      await world.rows(`select id from identity_capture where session_id = $1 and kind = 'random'`, [seat.sittingId]),
    ).toHaveLength(1);
  });

  it('for the sitting of somebody else, or with the token of another one', async () => {
    const [seat, other] = [await begun(), await begun()];
    const id = await untilAsked(other);
    const picture = await freshPicture();
    expect(codeOf(await send({ ...seat, sittingId: other.sittingId, paper: other.paper }, id, { picture }))).toBe(
      'exams.sitting_not_found',
    );
    expect(codeOf(await send(other, id, { picture, deviceToken: seat.paper.deviceToken }))).toBe('exams.other_device');
    expect(await kindsOf(other)).toEqual([]);
  });

  it('from who does not agree any more: it is missing', async () => {
    const seat = await begun();
    const id = await untilAsked(seat);
    await seat.learner.client.delete('/api/identity/consent');
    expect((await send(seat, id, { picture: await freshPicture() })).body).toEqual({ taken: false });
    expect(await world.alertsOf(seat)).toEqual(['picture-missing']);
  });
});

describe('The record of a sitting', () => {
  const recordOf = (by: ReturnType<typeof world.staff>, { examId, sittingId }: Seat) =>
    by.client.get<SittingRecord>(`/api/exams/${examId}/sittings/${sittingId}`);

  it('has checks, events and pictures for who runs the exam; each look is in the log', async () => {
    const seat = await begun();
    await give(seat);
    world.provider.onJudge = () => ({ ...passed, outcome: 'failed', problems: ['two-faces'], distance: null });
    await world.work('identity.judge-snapshot');
    const teacher = world.staff('teacher', world.bodyId);
    const { body: record } = await recordOf(teacher, seat);
    expect(record).toMatchObject({
      alerts: ['picture-two'],
      identityAwaits: false,
      checks: [{ method: 'face', outcome: 'passed', reviewState: null }],
    });
    expect(record.events.map(({ kind }) => kind)).toEqual(['started', 'identity', 'picture', 'picture-two']);
    const random = record.pictures.find(({ kind }) => kind === 'random');
    expect(random).toMatchObject({ finding: 'two-faces', gone: false });
    const picture = await teacher.client.get(
      `/api/exams/${seat.examId}/sittings/${seat.sittingId}/pictures/${random?.captureId}`,
    );
    expect([picture.status, picture.headers['content-type'], picture.headers['cache-control']]).toEqual([
      200,
      'image/jpeg',
      'no-store',
    ]);
    expect(await world.auditActions(teacher.actor.accountId)).toEqual(['exams.sitting-read', 'identity.capture-read']);
  });

  it('is nobody else’s, and shows no picture of another sitting', async () => {
    const [seat, other] = [await begun(), await begun()];
    await give(other);
    const foreign = world.staff('teacher', world.otherBodyId, '460106');
    expect((await recordOf(world.staff('officer-county', world.bodyId), seat)).status).toBe(200);
    expect((await recordOf(foreign, seat)).status).toBe(403);
    expect((await recordOf({ ...foreign, client: seat.learner.client }, seat)).status).toBe(403);
    const teacher = world.staff('teacher', world.bodyId);
    expect(codeOf(await recordOf(teacher, { ...seat, sittingId: other.sittingId }))).toBe('exams.sitting_not_found');
    const [capture] = await world.rows<{ id: string }>(
      `select id from identity_capture where bucket = $1 and session_id = $2 and kind = 'random'`,
      [bucketOf(other.sittingId), other.sittingId],
    );
    const path = (captureId: string) => `/api/exams/${seat.examId}/sittings/${seat.sittingId}/pictures/${captureId}`;
    expect(codeOf(await teacher.client.get(path(capture?.id ?? '')))).toBe('identity.picture_not_found');
    expect(codeOf(await teacher.client.get(path(randomUUID())))).toBe('identity.picture_not_found');
    expect((await foreign.client.get(path(capture?.id ?? ''))).status).toBe(403);
  });
});
