import { livenessPrompts } from '@antu/domain';
import type { BrowserContext, Page } from 'playwright-core';
import { findFaces } from '../../apps/server/src/modules/identity/testing/faces.ts';
import { makeClip } from '../../apps/server/src/modules/identity/testing/face-clips.ts';

/** What stands before the camera. */
export type Scene = 'person' | 'other' | 'photo' | 'covered' | 'refused';
type Clips = Record<string, string[]>;

const FRAMES = 8;

/** Portraits outside the repository; null where there are none. */
export const faces = findFaces();

/** A person who follows prompts, made of one portrait: frames as data addresses, by prompt. */
export async function makePerson(portraitPath: string): Promise<Clips> {
  const clips: Clips = {};
  for (const kind of ['neutral', ...livenessPrompts] as const) {
    const frames = await makeClip(portraitPath, kind, FRAMES);
    clips[kind] = frames.map((frame) => `data:image/jpeg;base64,${frame.toString('base64')}`);
  }
  return clips;
}

/**
 * Puts a camera into every page of a visitor: its picture comes from files and follows what the page asks for, as a person
 * would, with the sway and noise of a real one. `photo` is the same face that never moves by itself.
 */
export async function fakeCamera(context: BrowserContext, person: Clips, other: Clips): Promise<void> {
  await context.addInitScript(playCamera, { person, other });
}

/** Changes what stands before the camera from now on. */
export async function show(page: Page, scene: Scene): Promise<void> {
  await page.evaluate((now) => {
    (window as unknown as { cameraScene: string }).cameraScene = now;
  }, scene);
}

/** Runs in the page. */
function playCamera({ person, other }: { person: Clips; other: Clips }): void {
  const view = window as unknown as { cameraScene?: string };
  view.cameraScene ??= 'person';
  const pictures = (clips: Clips) =>
    Object.fromEntries(
      Object.entries(clips).map(([kind, frames]) => [
        kind,
        frames.map((address) => {
          const image = new Image();
          image.src = address;
          return image;
        }),
      ]),
    );
  let people: Record<string, Record<string, HTMLImageElement[]>> | undefined;
  /** Reads the prompt, waits as people do, then moves and holds. */
  const READ_MS = 700;
  const MOVE_MS = 900;
  let prompt = 'ahead';
  let sinceMs = 0;

  const draw = (pen: CanvasRenderingContext2D, nowMs: number): void => {
    const { width, height } = pen.canvas;
    const scene = view.cameraScene ?? 'person';
    if (scene === 'covered') {
      pen.fillStyle = '#050505';
      pen.fillRect(0, 0, width, height);
      return;
    }
    people ??= { person: pictures(person), other: pictures(other) };
    const asked = document.querySelector('[data-prompt]')?.getAttribute('data-prompt') ?? 'ahead';
    if (asked !== prompt) [prompt, sinceMs] = [asked, nowMs];
    const clips = people[scene === 'other' ? 'other' : 'person'] ?? {};
    const follows = scene !== 'photo' && prompt !== 'ahead';
    const part = Math.min(1, Math.max(0, (nowMs - sinceMs - READ_MS) / MOVE_MS));
    const frames = (follows ? clips[prompt] : clips['neutral']) ?? [];
    const image =
      frames[follows ? Math.round((part * (frames.length - 1)) / 1) : Math.floor(nowMs / 130) % frames.length];
    if (!image?.complete) return;
    const sway = (most: number): number => (Math.random() * 2 - 1) * most;
    pen.save();
    pen.filter = `brightness(${1 + sway(0.02)})`;
    pen.translate(width / 2 + sway(2), height / 2 + sway(2));
    pen.rotate(sway(0.008));
    pen.drawImage(image, -width / 2, -height / 2, width, height);
    pen.restore();
  };

  const open = async (): Promise<MediaStream> => {
    if (view.cameraScene === 'refused') throw new DOMException('refused', 'NotAllowedError');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [480, 640];
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    const timer = setInterval(() => draw(pen, performance.now()), 60);
    const stream = canvas.captureStream(15);
    for (const track of stream.getTracks()) {
      const stop = track.stop.bind(track);
      track.stop = () => {
        clearInterval(timer);
        stop();
      };
    }
    return stream;
  };
  Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: open });
}
