import { readFile } from 'node:fs/promises';
import { faceDistance, type IdentityProblem, type LivenessPrompt } from '@antu/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedClock } from '../../../platform/testing/index.ts';
import { drawClip, makeClip } from '../testing/face-clips.ts';
import { findFaces } from '../testing/faces.ts';
import { drawing } from '../testing/hostile-pictures.ts';
import type { Pose } from '../testing/portrait.ts';
import { type CapturedFrame, createProvider, type FaceTemplate, type JudgeRequest } from './index.ts';
import { FaceWorkers } from './work/face-workers.ts';

/** Checks take seconds on a machine that does other things as well. */
const MOST_MS = 240_000;
const faces = findFaces();
const provider = createProvider('builtin', { clock: fixedClock('2026-11-25T08:00:00Z'), pictureMs: MOST_MS });
afterAll(() => provider.close());

const noTemplate: FaceTemplate = { provider: 'builtin', bytes: Buffer.alloc(512) };
const requestOf = (frames: readonly CapturedFrame[], more: Partial<JudgeRequest> = {}): JudgeRequest => ({
  personId: 'p',
  nonce: 'n',
  scheme: 'work-safety',
  regionCode: '440104',
  prompts: ['turn-left'],
  frames,
  template: noTemplate,
  identity: () => Promise.reject(new Error('the built-in provider needs no name')),
  ...more,
});
/** Pictures 300 ms apart; the first list is looking ahead. */
const framesOf = (steps: readonly (readonly Buffer[])[]): CapturedFrame[] => {
  let atMs = 0;
  return steps.flatMap((pictures, index) => pictures.map((bytes) => ({ bytes, step: index - 1, atMs: (atMs += 300) })));
};

describe('pictures without a face', () => {
  it('cannot be enrolled', { timeout: MOST_MS }, async () => {
    const picture = await drawing();
    expect(await provider.enrol({ personId: 'p', picture })).toEqual({ outcome: 'refused', problems: ['no-face'] });
    const text = Buffer.from('no picture');
    expect(await provider.enrol({ personId: 'p', picture: text })).toEqual({
      outcome: 'refused',
      problems: ['unreadable'],
    });
  });

  it('pass no check', { timeout: MOST_MS }, async () => {
    const picture = await drawing();
    const frames = framesOf([
      [picture, picture],
      [picture, picture],
    ]);
    const answer = await provider.judge(requestOf(frames));
    expect(answer).toMatchObject({ outcome: 'failed', problems: ['no-face'], distance: null, bestFrame: null });
  });

  it('one unreadable picture fails the check', { timeout: MOST_MS }, async () => {
    const frames = framesOf([[await drawing(), Buffer.from('x')]]);
    expect(await provider.judge(requestOf(frames))).toMatchObject({ outcome: 'failed', problems: ['unreadable'] });
    expect(await provider.judge(requestOf([]))).toMatchObject({ outcome: 'failed', problems: ['unreadable'] });
  });

  it('nothing is decided for a scheme without rules', async () => {
    await expect(provider.judge(requestOf([], { scheme: 'cooking' }))).rejects.toThrow(RangeError);
  });

  it('a process that breaks decides nothing', { timeout: MOST_MS }, async () => {
    const script = new URL('../testing/broken-worker.ts', import.meta.url);
    const broken = createProvider('builtin', { clock: fixedClock(), script });
    const crash = Buffer.from('crash');
    expect(await broken.judge(requestOf(framesOf([[crash, crash]])))).toMatchObject({ outcome: 'pending' });
    expect(await broken.enrol({ personId: 'p', picture: crash })).toEqual({ outcome: 'pending' });
    await broken.close();
  });
});

describe.skipIf(faces === null)('real faces', () => {
  const [a1, a2] = faces?.personA ?? ['', ''];
  const [b1, b2] = faces?.personB ?? ['', ''];
  const c = faces?.personC ?? '';
  let enrolled: FaceTemplate;
  beforeAll(async () => {
    const answer = await provider.enrol({ personId: 'p', picture: await readFile(b2) });
    if (answer.outcome !== 'accepted') throw new Error(`not enrolled: ${JSON.stringify(answer)}`);
    enrolled = answer.template;
  }, MOST_MS);

  it('are enrolled as 512 bytes', () => {
    expect(enrolled).toMatchObject({ provider: 'builtin' });
    expect(enrolled.bytes).toHaveLength(512);
  });

  const dim = async (path: string) =>
    sharp(await readFile(path))
      .linear(0.15, 0)
      .jpeg()
      .toBuffer();
  const soft = async (path: string) =>
    sharp(await readFile(path))
      .resize(640)
      .blur(4)
      .jpeg()
      .toBuffer();
  const refused: [string, () => Promise<Buffer>, IdentityProblem][] = [
    ['a face in the distance', () => readFile(c), 'too-small'],
    ['a face that looks aside', () => readFile(a2), 'not-frontal'],
    ['a face in the dark', () => dim(b2), 'too-dark'],
    ['a face out of focus', () => soft(b2), 'blurred'],
    ['two faces', () => sideBySide(a1, b2), 'two-faces'],
    ['a print held before the camera', () => asPrint(b2), 'picture-of-picture'],
  ];
  it.each(refused)('%s is not enrolled', { timeout: MOST_MS }, async (_, make, problem) => {
    const answer = await provider.enrol({ personId: 'p', picture: await make() });
    expect(answer.outcome).toBe('refused');
    if (answer.outcome === 'refused') expect(answer.problems).toContain(problem);
  });

  const clips = async (path: string, prompts: readonly LivenessPrompt[], pose: Partial<Pose> = {}) =>
    framesOf(
      await Promise.all([
        makeClip(path, 'neutral', 2, { pose }),
        ...prompts.map((prompt) => makeClip(path, prompt, 2, { pose })),
      ]),
    );
  const check = async (prompts: LivenessPrompt[], frames: CapturedFrame[], more: Partial<JudgeRequest> = {}) =>
    provider.judge(requestOf(frames, { prompts, template: enrolled, ...more }));

  const challenges: LivenessPrompt[][] = [
    ['turn-left', 'open-mouth'],
    ['come-closer', 'turn-right'],
  ];
  it.each(challenges.map((prompts) => [prompts] as const))(
    'the enrolled person doing %j passes',
    { timeout: MOST_MS },
    async (prompts) => {
      const answer = await check([...prompts], await clips(b2, prompts), { strict: true });
      expect(answer).toMatchObject({ outcome: 'passed', problems: [], signs: [] });
      expect(answer.distance).toBeLessThan(0.3);
      expect(answer.bestFrame).not.toBeNull();
    },
  );

  it('somebody else who does everything right fails', { timeout: MOST_MS }, async () => {
    const answer = await check(['turn-left'], await clips(a1, ['turn-left']));
    expect(answer).toMatchObject({ outcome: 'failed', problems: ['other-person'] });
    expect(answer.distance).toBeGreaterThan(0.6);
  });

  it('the other way round is a wrong movement', { timeout: MOST_MS }, async () => {
    const answer = await check(['turn-left'], await clips(b2, ['turn-right']));
    expect(answer.problems).toContain('wrong-movement');
  });

  // What can be done with a flat picture; the rest of the frame is what a wall looks like.
  const flat: [string, Partial<Pose>[]][] = [
    ['held still', [{}, {}, {}]],
    ['turned in its plane', [{}, { roll: 0.2 }, { roll: 0.35 }]],
    ['brought closer', [{}, { zoom: 1.3 }, { zoom: 1.5 }]],
    ['tilted', [{}, { squeeze: 0.8 }, { squeeze: 0.62 }]],
  ];
  it.each(flat)('a photo of the enrolled person %s fails', { timeout: MOST_MS }, async (_, poses) => {
    const start = await drawClip(b2, [{}, { shift: { x: 2, y: 1 } }]);
    const answer = await check(['turn-left'], framesOf([start, await drawClip(b2, poses)]));
    expect(answer.outcome).toBe('failed');
    expect(answer.problems).toContain('prompt-missed');
  });

  it('a loop that comes round again is seen', { timeout: MOST_MS }, async () => {
    const loop = [...(await makeClip(b2, 'neutral', 1)), ...(await makeClip(b2, 'turn-left', 2))];
    const answer = await check(['turn-left', 'turn-left'], framesOf([loop.slice(0, 2), loop, loop]));
    expect(answer.problems).toContain('replayed');
  });

  it('a face that takes over midway is seen', { timeout: MOST_MS }, async () => {
    const frames = framesOf([await makeClip(b2, 'neutral', 2), await makeClip(a1, 'turn-left', 2)]);
    expect((await check(['turn-left'], frames)).problems).toContain('face-changed');
  });

  it('a picture taken in passing is only compared', { timeout: MOST_MS }, async () => {
    const passing = async (path: string) => check([], framesOf([await makeClip(path, 'neutral', 1)]));
    expect(await passing(b2)).toMatchObject({ outcome: 'passed', bestFrame: 0 });
    expect(await passing(a1)).toMatchObject({ outcome: 'failed', problems: ['other-person'] });
  });

  it('a photo that looks aside is not compared at all', { timeout: MOST_MS }, async () => {
    const answer = await check([], framesOf([await makeClip(b1, 'neutral', 1)]));
    expect(answer).toMatchObject({ outcome: 'failed', problems: ['not-frontal'], distance: null });
  });

  it('photos of one person, years apart, are nearer than any of two people', { timeout: MOST_MS }, async () => {
    const workers = new FaceWorkers({ pictureMs: MOST_MS });
    const descriptors = await Promise.all(
      [a1, a2, b1, b2, c].map(async (path) => {
        const found = await workers.measure(await readFile(path));
        return found === 'unreadable' ? [] : (found.descriptor ?? []);
      }),
    );
    await workers.close();
    const distance = (one: number, other: number) => faceDistance(descriptors[one] ?? [], descriptors[other] ?? []);
    for (const [one, other] of [
      [0, 1],
      [2, 3],
    ] as const)
      expect(distance(one, other)).toBeLessThan(0.5);
    for (const [one, other] of [
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [0, 4],
      [1, 4],
      [2, 4],
      [3, 4],
    ] as const)
      expect(distance(one, other)).toBeGreaterThan(0.6);
  });
});

/** Two portraits of equal size in one picture. */
async function sideBySide(left: string, right: string): Promise<Buffer> {
  const half = async (path: string) => (await makeClip(path, 'neutral', 1, { size: { width: 320, height: 480 } }))[0];
  const input = [await half(left), await half(right)];
  return sharp({ create: { width: 640, height: 480, channels: 3, background: '#888' } })
    .composite(input.map((picture, at) => ({ input: picture ?? Buffer.alloc(0), left: 320 * at, top: 0 })))
    .jpeg()
    .toBuffer();
}

/** A photo with a white border before a wall. */
async function asPrint(path: string): Promise<Buffer> {
  const [picture] = await makeClip(path, 'neutral', 1);
  const print = await sharp(picture)
    .resize(345, 460)
    .extend({ top: 12, bottom: 12, left: 12, right: 12, background: '#f2f2ee' })
    .png()
    .toBuffer();
  return sharp({ create: { width: 480, height: 640, channels: 3, background: '#50655a' } })
    .composite([{ input: print }])
    .jpeg()
    .toBuffer();
}
