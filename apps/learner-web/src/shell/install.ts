import { type Ref, ref, shallowRef } from 'vue';

/** Chromium's offer to install; not yet in the standard types. */
interface InstallOffer extends Event {
  prompt(): Promise<void>;
  readonly userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

const offer = shallowRef<InstallOffer | null>(null);
const installed = ref(false);

/** Catches the browser's offer; it comes once and early, long before anybody opens 我的. */
export function watchInstallOffer(): void {
  installed.value = matchMedia('(display-mode: standalone)').matches;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault(); // no pop-up on entering
    offer.value = event as InstallOffer;
  });
  addEventListener('appinstalled', () => {
    installed.value = true;
    offer.value = null;
  });
}

/** Whether the app can be put on the home screen by one touch, or is there already. */
export function useInstall(): {
  offer: Ref<InstallOffer | null>;
  installed: Ref<boolean>;
  install: () => Promise<void>;
} {
  const install = async () => {
    const mine = offer.value;
    if (!mine) return;
    offer.value = null; // a browser accepts each offer once
    await mine.prompt();
    await mine.userChoice;
  };
  return { offer, installed, install };
}
