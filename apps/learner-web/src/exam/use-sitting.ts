import { api, recall, remember, useSession } from '@antu/web-kit';
import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef } from 'vue';
import { deviceId } from '../study/device-id.ts';
import { createSittingTransport } from './api-sitting-transport.ts';
import { SittingClient } from './sitting-client.ts';
import { deviceKeeper } from './sitting-record.ts';
import type { PageEvent } from './sitting-transport.ts';
import type { SittingScreen } from './sitting-view.ts';
import { watchPage } from './watch-page.ts';

export interface Sitting {
  client: SittingClient;
  screen: ShallowRef<SittingScreen>;
  /** Time left, ms; null before the paper is there. */
  leftMs: Ref<number | null>;
  /** Server time, ms since 1970; the device's before there is an answer. */
  nowMs: Ref<number>;
  /** What the page noticed last, to tell the learner that it was noted; null after some seconds. */
  noticed: Ref<PageEvent | null>;
}

const TICK_MS = 500;
const NOTICED_MS = 10_000;
const PLAIN_ID_KEY = 'antu.exam.device';

/** The name of this browser; made by hand at addresses without https, where browsers do not make one. */
function sittingDeviceId(): string {
  const known = deviceId() ?? recall(PLAIN_ID_KEY);
  if (known !== null) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const made = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  remember(PLAIN_ID_KEY, made);
  return made;
}

/** Runs a sitting for as long as its page lives. @param begin goes straight to the paper: the learner has asked for it */
export function useSitting(sittingId: string, begin: boolean): Sitting {
  const session = useSession();
  const transport = createSittingTransport(api, session, sittingId, sittingDeviceId());
  const owner = session.me.value?.account.id ?? null;
  const client = new SittingClient({
    sittingId,
    owner,
    transport,
    keeper: deviceKeeper(),
    takePicture: (ask) =>
      import('../identity/take-snapshot.ts')
        .then((one) => one.takeSnapshot(ask))
        // The piece of the app did not arrive.
        .catch(() => ({ picture: null, failure: 'failed' })),
  });
  const screen = shallowRef(client.screen);
  const leftMs = ref<number | null>(null);
  const nowMs = ref(Date.now());
  const noticed = ref<PageEvent | null>(null);
  let forgetNotice: ReturnType<typeof setTimeout> | undefined;

  const tick = () => {
    leftMs.value = client.leftMs();
    nowMs.value = client.nowMs() ?? Date.now();
  };
  client.subscribe((next) => {
    screen.value = next;
    tick();
  });
  const timer = setInterval(tick, TICK_MS);
  const stopWatching = watchPage(sittingId, {
    onEvent(kind) {
      if (screen.value.phase !== 'open') return;
      client.note(kind);
      if (kind === 'left') return;
      noticed.value = kind;
      clearTimeout(forgetNotice);
      forgetNotice = setTimeout(() => {
        noticed.value = null;
      }, NOTICED_MS);
    },
    onOnline: () => (screen.value.phase === 'door' && screen.value.offline ? void client.enter() : client.tryNow()),
    onOtherPage: () => client.movedAway(),
  });
  onScopeDispose(() => {
    clearInterval(timer);
    clearTimeout(forgetNotice);
    stopWatching();
    client.dispose();
  });
  void (begin ? client.open() : client.enter());
  return { client, screen, leftMs, nowMs, noticed };
}
