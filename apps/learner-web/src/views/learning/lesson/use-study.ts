import { api, useSession } from '@antu/web-kit';
import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef } from 'vue';
import { rememberLastLesson } from '../../../shell/last-lesson.ts';
import { createApiTransport } from '../../../study/api-transport.ts';
import { describeDevice } from '../../../study/describe-device.ts';
import { deviceId } from '../../../study/device-id.ts';
import { noteLeaving } from '../../../study/leaving.ts';
import { StudyClient } from '../../../study/study-client.ts';
import type { StudyView } from '../../../study/study-view.ts';

export interface Study {
  client: StudyClient;
  view: ShallowRef<StudyView>;
  /** 已计时, whole seconds. */
  seconds: Ref<number>;
  /** Renewed four times a second, for what follows the stopwatch. */
  nowMs: Ref<number>;
}

const TICK_MS = 250;

/** Runs a study session for as long as the page lives and tells it what happens to the page. */
export function useStudy(lessonVersionId: string): Study {
  const client = new StudyClient({
    lessonVersionId,
    device: { ...describeDevice(navigator.userAgent, navigator.maxTouchPoints), id: deviceId() },
    transport: createApiTransport(api, useSession()),
    takeSnapshot: () =>
      import('../../../identity/take-snapshot.ts')
        .then((one) => one.takeSnapshot())
        .catch(() => ({ picture: null, failure: 'failed' })),
  });
  const view = shallowRef(client.view);
  const seconds = ref(0);
  const nowMs = ref(performance.now());
  const abort = new AbortController();
  const { signal } = abort;

  client.subscribe((next) => {
    const confirmed = next.confirmedSeconds;
    if (next.lesson && next.phase !== 'opening' && confirmed !== view.value.confirmedSeconds) {
      const { titleZh, titleEn } = next.lesson;
      rememberLastLesson({ titleZh, titleEn, creditedSeconds: confirmed, at: new Date().toISOString() });
    }
    view.value = next;
    seconds.value = client.creditedSeconds();
  });
  const timer = setInterval(() => {
    nowMs.value = performance.now();
    seconds.value = client.creditedSeconds();
  }, TICK_MS);

  const onVisibility = () => (document.visibilityState === 'hidden' ? client.pageHidden() : client.pageVisible());
  document.addEventListener('visibilitychange', onVisibility, { signal });
  document.addEventListener('freeze', () => client.pageHidden(), { signal });
  addEventListener('pagehide', (event) => client.pageLeaving(event.persisted), { signal });
  addEventListener('pageshow', (event) => event.persisted && onVisibility(), { signal });
  addEventListener('online', () => client.deviceOnline(), { signal });
  for (const name of ['pointerdown', 'keydown', 'touchstart', 'wheel']) {
    document.addEventListener(name, () => client.touch(), { signal, passive: true, capture: true });
  }

  onScopeDispose(() => {
    clearInterval(timer);
    abort.abort();
    noteLeaving(client.leave());
  });
  if (document.visibilityState === 'hidden') client.pageHidden();
  void client.open();
  return { client, view, seconds, nowMs };
}
