import { readFile } from 'node:fs/promises';
import type { IdentityVerdict } from '@antu/contract';
import { bucketOf, type LivenessPrompt, placeInBucket } from '@antu/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../platform/ids.ts';
import { identityModule, listSessionIdentity, storeSnapshot } from './index.ts';
import { checksOf } from './testing/check-helpers.ts';
import { makeClip } from './testing/face-clips.ts';
import { findFaces } from './testing/faces.ts';
import { buildIdentityWorld, type IdentityWorld, type Learner } from './testing/identity-world.ts';

const faces = findFaces();

/** The whole way with the engine that looks at the pictures; the rules it follows are tested in the domain. */
describe.skipIf(faces === null)('with the built-in engine', () => {
  const enrolledPath = faces?.personA[0] ?? '';
  const otherPath = faces?.personB[1] ?? '';
  let world: IdentityWorld;
  let learner: Learner;
  beforeAll(async () => {
    world = await buildIdentityWorld([], { realProvider: true });
    const picture = (await readFile(enrolledPath)).toString('base64');
    // The first picture of a process loads the models.
    learner = await world.addEnrolled(picture);
  }, 150_000);
  afterAll(() => world?.close());

  type Play = (prompt: LivenessPrompt | null) => Promise<Buffer[]>;
  const play = async (clip: Play): Promise<IdentityVerdict> => {
    let challenge = await world.begin(learner);
    for (;;) {
      const pictures = await clip(challenge.prompt);
      world.test.clock.advance(2000);
      const frames = await world.frames(
        challenge.step,
        pictures.map((bytes) => bytes.toString('base64')),
      );
      const answer = await world.send(learner, challenge, { frames });
      if (answer.body.type !== 'next') return answer.body;
      challenge = answer.body.challenge;
    }
  };

  it('the right person who follows the prompts passes, and the record says how alike', async () => {
    expect(await play((prompt) => makeClip(enrolledPath, prompt ?? 'neutral', 4))).toEqual({
      type: 'verdict',
      outcome: 'passed',
      problems: [],
    });
    const [check] = await checksOf(world, learner);
    const detail = JSON.parse(check?.detail ?? '{}') as { distanceMilli: number; frames: unknown[] };
    expect(detail.distanceMilli).toBeLessThan(500);
    expect(detail.frames).toHaveLength(12);
  }, 150_000);

  it('somebody else does not', async () => {
    const verdict = await play((prompt) => makeClip(otherPath, prompt ?? 'neutral', 4));
    expect(verdict).toMatchObject({ outcome: 'failed' });
    expect(verdict.problems).toContain('other-person');
  }, 150_000);

  it('a photo of the right person held still does not', async () => {
    const verdict = await play(() => makeClip(enrolledPath, 'neutral', 4));
    expect(verdict).toMatchObject({ outcome: 'failed' });
    expect(verdict.problems).toContain('not-live');
    expect(verdict.problems).not.toContain('other-person');
  }, 150_000);

  it('pictures in passing tell the learner from somebody else', async () => {
    const sessionId = placeInBucket(uuidv7(world.test.clock.nowMs()), bucketOf(learner.personId));
    for (const path of [enrolledPath, otherPath]) {
      const [picture] = await makeClip(path, 'neutral', 1);
      const snapshot = {
        scheme: 'work-safety',
        regionCode: '440104',
        picture: picture?.toString('base64') ?? '',
      } as const;
      world.test.clock.advance(1000);
      await storeSnapshot(world.test.platform, { personId: learner.personId, sessionId, ...snapshot });
    }
    const { platform } = world.test;
    const job = identityModule.jobs?.find(({ name }) => name === 'identity.judge-snapshot');
    const waiting = await world.rows<{ payload: unknown }>(
      `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = 'identity.judge-snapshot' order by j.id`,
    );
    for (const { payload } of waiting)
      await job?.run(payload, { platform, log: platform.log, attempt: 1, isLastAttempt: true, signal: undefined });
    const { captures } = await listSessionIdentity(world.database.pool, [sessionId]);
    expect(captures.map(({ findings }) => findings?.finding)).toEqual(['match', 'other-person']);
  }, 150_000);
});
