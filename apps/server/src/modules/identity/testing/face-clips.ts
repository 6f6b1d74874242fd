import type { LivenessPrompt } from '@antu/domain';
import sharp from 'sharp';
import { atRest, drawPose, type FrameSize, openPortrait, type Pose } from './portrait.ts';

export type ClipOptions = {
  /** Default 480 x 640. */
  size?: FrameSize;
  /** Same seed, same pixels. By default every clip of a process has its own, as no two takes of a camera are alike. */
  seed?: number;
  /** For attacks: what every frame has beside the movement. */
  pose?: Partial<Pose>;
};

let takes = 0;

/**
 * JPEG frames of a face that follows a prompt, made of one portrait: it begins at rest, moves over the first half and stays there;
 * in clips of 12 frames and more it comes back to rest in the last quarter. Every frame has noise and a little sway of its own.
 */
export async function makeClip(
  portraitPath: string,
  kind: 'neutral' | LivenessPrompt,
  frames: number,
  options: ClipOptions = {},
): Promise<Buffer[]> {
  takes += 1;
  const random = randomFrom(options.seed ?? takes);
  const poses = Array.from({ length: frames }, (_, index) => {
    const amount = kind === 'neutral' ? 0 : amountAt(index, frames);
    return { ...sway(random), ...movement(kind, amount), ...options.pose };
  });
  return drawClip(portraitPath, poses, random, options.size);
}

/** JPEG frames of a portrait in the given poses. */
export async function drawClip(
  portraitPath: string,
  poses: readonly Partial<Pose>[],
  random: () => number = randomFrom((takes += 1)),
  size: FrameSize = { width: 480, height: 640 },
): Promise<Buffer[]> {
  const portrait = await openPortrait(portraitPath);
  const clip: Buffer[] = [];
  for (const pose of poses) {
    const raw = drawPose(portrait, { ...atRest, ...pose }, size, random);
    clip.push(
      await sharp(raw, { raw: { ...size, channels: 3 } })
        .jpeg({ quality: 85 })
        .toBuffer(),
    );
  }
  return clip;
}

function movement(kind: 'neutral' | LivenessPrompt, amount: number): Partial<Pose> {
  switch (kind) {
    case 'turn-left':
      return { turn: amount };
    case 'turn-right':
      return { turn: -amount };
    case 'open-mouth':
      return { mouth: amount };
    case 'come-closer':
      return { zoom: 1 + 0.45 * amount };
    case 'neutral':
      return {};
  }
}

function amountAt(index: number, frames: number): number {
  if (frames === 1) return 1;
  const part = index / (frames - 1);
  const rise = Math.min(1, part / 0.5);
  return frames < 12 ? rise : Math.min(rise, Math.max(0, (1 - part) / 0.25));
}

/** Nobody holds still, and no camera's exposure does. */
function sway(random: () => number): Partial<Pose> {
  const around = (most: number) => (random() * 2 - 1) * most;
  return { shift: { x: around(3), y: around(3) }, roll: around(0.012), light: around(2.5) };
}

/** Uniform numbers that follow from the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
