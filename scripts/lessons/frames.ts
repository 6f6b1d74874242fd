import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLOUR, FRAME, rect, toSvg } from './drawing/svg.ts';
import { getPicture } from './pictures/index.ts';
import type { SpokenScene } from './speech.ts';

/** Frames per second of the drawn lessons: enough for calm motion, and 4 s segments of 48 frames. */
export const FRAMES_PER_SECOND = 12;
const LOOP_FRAMES = 4 * FRAMES_PER_SECOND;
const FADE_FRAMES = 6;
const SCENE_FADE_FRAMES = 4;

const easeOut = (t: number): number => 1 - (1 - t) ** 2;

/** The SVG of one frame of a scene; `sceneFrame` counts from the start of the scene. */
export function drawFrame(scene: SpokenScene, sceneFrame: number): string {
  const shown = (index: number): number => {
    const sentence = scene.sentences[index];
    if (!sentence) throw new Error(`Scene ${scene.id} has no sentence ${index}, but its picture waits for it`);
    const since = sceneFrame - Math.floor(((sentence.startMs - scene.startMs) * FRAMES_PER_SECOND) / 1000);
    return easeOut(Math.min(1, Math.max(0, since / FADE_FRAMES)));
  };
  const content = getPicture(scene.picture)({ phase: (sceneFrame % LOOP_FRAMES) / LOOP_FRAMES, shown });
  const veil = 0.6 * Math.max(0, 1 - (sceneFrame + 1) / SCENE_FADE_FRAMES);
  return toSvg(
    content + (veil > 0 ? rect(0, 0, FRAME.width, FRAME.height, COLOUR.ink, `opacity="${veil.toFixed(2)}"`) : ''),
  );
}

const padded = (index: number): string => String(index).padStart(6, '0');

/**
 * Draws all frames of a lesson into `<workDir>/frames/%06d.png` and returns how many. Motion repeats every 4 seconds, so equal
 * SVG text is turned into pixels once and linked from every frame that shows it.
 */
export function drawFrames(scenes: SpokenScene[], workDir: string): number {
  const unique = new Map<string, number>();
  const order: number[] = [];
  for (const scene of scenes) {
    const count = Math.round(((scene.endMs - scene.startMs) * FRAMES_PER_SECOND) / 1000);
    for (let sceneFrame = 0; sceneFrame < count; sceneFrame += 1) {
      const svg = drawFrame(scene, sceneFrame);
      const index = unique.get(svg) ?? unique.size;
      unique.set(svg, index);
      order.push(index);
    }
  }
  for (const name of ['svg', 'png', 'frames']) mkdirSync(join(workDir, name), { recursive: true });
  for (const [svg, index] of unique) writeFileSync(join(workDir, 'svg', `${padded(index)}.svg`), svg);
  const pngs = join(workDir, 'png', '%06d.png');
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-start_number',
    '0',
    '-i',
    join(workDir, 'svg', '%06d.svg'),
    '-pix_fmt',
    'rgb24',
    '-compression_level',
    '1',
    '-start_number',
    '0',
    pngs,
  ]);
  for (const [frame, index] of order.entries()) {
    symlinkSync(join(workDir, 'png', `${padded(index)}.png`), join(workDir, 'frames', `${padded(frame)}.png`));
  }
  return order.length;
}
