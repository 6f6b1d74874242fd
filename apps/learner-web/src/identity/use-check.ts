import type { IdentityChallenge, IdentityVerdict } from '@antu/contract';
import { Camera } from '@antu/web-kit';
import { onScopeDispose, type ShallowRef, shallowRef } from 'vue';
import { CheckFlow } from './check-flow.ts';
import { createCheckTransport } from './check-transport.ts';
import type { CheckView } from './check-view.ts';

/** Runs a check for as long as its screen lives. */
export function useCheck(
  begin: () => Promise<IdentityChallenge>,
  onVerdict: (challengeId: string, verdict: IdentityVerdict) => Promise<void>,
): { flow: CheckFlow; camera: Camera; view: ShallowRef<CheckView> } {
  const camera = new Camera({ facing: 'user' });
  const flow = new CheckFlow({ transport: createCheckTransport(begin), camera, onVerdict });
  const view = shallowRef(flow.view);
  flow.subscribe((next) => {
    view.value = next;
  });
  // A hidden page gets no pictures from the camera: what was begun cannot be finished.
  const onVisibility = () => document.visibilityState === 'hidden' && flow.stop(true);
  document.addEventListener('visibilitychange', onVisibility);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onVisibility);
    flow.dispose();
  });
  return { flow, camera, view };
}
