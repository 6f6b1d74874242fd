import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { EnrolAnswer, EnrolRequest, IdentityProvider, JudgeAnswer, JudgeRequest } from '../engine/index.ts';
import { encodeTemplate } from '../engine/template-codec.ts';

/** A provider that answers what a test wants, and remembers what it was asked. */
export type FakeProvider = IdentityProvider & {
  judged: JudgeRequest[];
  enrolled: EnrolRequest[];
  /** What the next questions are answered. */
  onJudge: (request: JudgeRequest) => Promise<JudgeAnswer> | JudgeAnswer;
  onEnrol: (request: EnrolRequest) => Promise<EnrolAnswer> | EnrolAnswer;
  /** Back to passing everybody, each enrolled with a face of their own. */
  reset(): void;
};

export const passed: JudgeAnswer = {
  outcome: 'passed',
  problems: [],
  signs: [],
  distance: 0.31,
  bestFrame: 1,
  detail: { yawMost: 0.72 },
};
export const failed: JudgeAnswer = {
  outcome: 'failed',
  problems: ['not-live', 'other-person'],
  signs: [],
  distance: 0.71,
  bestFrame: 1,
  detail: {},
};
export const pending: JudgeAnswer = { ...passed, outcome: 'pending', problems: [], distance: null, bestFrame: null };

/** A descriptor somewhere on its own axis: two different ones are far apart. */
export const descriptorOf = (axis: number, length = 1): number[] =>
  Array.from({ length: 128 }, (_, at) => (at === axis ? length : 0));

export function accepted(descriptor: readonly number[]): EnrolAnswer {
  return { outcome: 'accepted', template: { provider: 'builtin', bytes: encodeTemplate([descriptor]) }, detail: {} };
}

export function fakeProvider(): FakeProvider {
  let people = 0;
  const usual = {
    onJudge: (): JudgeAnswer => passed,
    onEnrol: (): EnrolAnswer => accepted(descriptorOf(people++ % 128)),
  };
  const fake: FakeProvider = {
    name: 'builtin',
    judged: [],
    enrolled: [],
    ...usual,
    reset: () => {
      Object.assign(fake, usual);
    },
    async judge(request) {
      fake.judged.push(request);
      return fake.onJudge(request);
    },
    async enrol(request) {
      fake.enrolled.push(request);
      return fake.onEnrol(request);
    },
    close: async () => undefined,
  };
  return fake;
}

/** A JPEG that never was there before, as base64. */
export async function freshPicture(): Promise<string> {
  const raw = { width: 48, height: 64, channels: 3 } as const;
  const jpeg = await sharp(randomBytes(raw.width * raw.height * raw.channels), { raw })
    .jpeg({ quality: 60 })
    .toBuffer();
  return jpeg.toString('base64');
}

export const freshPictures = (count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, freshPicture));
