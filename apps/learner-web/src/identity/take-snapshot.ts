import { Camera, cameraFaultOf } from '@antu/web-kit';
import type { SnapshotReport } from '../study/study-transport.ts';

/** A camera's first pictures are dark. */
const WARM_UP_MS = 700;

/**
 * Takes one picture without touching what is on the screen: the camera is open for about a second. Never rejects.
 * @param mayAsk the person has just touched a button for it; otherwise the browser never asks, because its question would cover what
 * they are looking at
 */
export async function takeSnapshot(mayAsk = false): Promise<SnapshotReport> {
  if (document.visibilityState === 'hidden') return without('hidden');
  if (!mayAsk && (await wouldAsk())) return without('not-asked');
  const camera = new Camera({ facing: 'user' });
  const video = document.createElement('video');
  // Some browsers give no pictures to a video that stands nowhere.
  video.style.cssText = 'position:fixed;right:0;bottom:0;width:2px;height:2px;opacity:0.01;pointer-events:none';
  video.setAttribute('aria-hidden', 'true');
  video.tabIndex = -1;
  document.body.append(video);
  camera.attach(video);
  try {
    await camera.open();
    await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
    return { picture: await camera.capture(), failure: null };
  } catch (cause) {
    return without(cameraFaultOf(cause));
  } finally {
    camera.close();
    video.remove();
  }
}

function without(failure: string): SnapshotReport {
  return { picture: null, failure };
}

/** Whether opening the camera would show the browser's question; where a browser does not tell, a check came before. */
async function wouldAsk(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName });
    return state === 'prompt';
  } catch {
    return false;
  }
}
