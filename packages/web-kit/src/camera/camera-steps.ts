import type { CameraFault } from './camera-fault.ts';
import type { CameraPlace } from './camera-place.ts';

/** Keys of the steps in `useCameraTexts`. */
export type CameraStep =
  | 'openInBrowser'
  | 'openInBrowserDesktop'
  | 'signInThere'
  | 'wechatSystem'
  | 'chromeLock'
  | 'chromePermission'
  | 'androidSystem'
  | 'safariPage'
  | 'safariAllow'
  | 'iosSystemSafari'
  | 'iosSystemOther'
  | 'otherSite'
  | 'desktopLock'
  | 'desktopSite'
  | 'desktopSystem'
  | 'closeOthers'
  | 'closeOthersDesktop'
  | 'plugIn'
  | 'usePhone'
  | 'restart'
  | 'https'
  | 'newerBrowser';

const DENIED: { readonly [Place in CameraPlace]: readonly CameraStep[] } = {
  'wechat-phone': ['openInBrowser', 'signInThere', 'wechatSystem'],
  'wechat-desktop': ['openInBrowserDesktop', 'signInThere'],
  'ios-safari': ['safariPage', 'safariAllow', 'iosSystemSafari'],
  'ios-other': ['iosSystemOther', 'otherSite'],
  'android-chrome': ['chromeLock', 'chromePermission', 'androidSystem'],
  'android-other': ['otherSite', 'androidSystem'],
  'desktop-chromium': ['desktopLock', 'desktopSite', 'desktopSystem'],
  'desktop-other': ['otherSite', 'desktopSystem'],
};
const isDesktop = (place: CameraPlace) => place.startsWith('desktop') || place === 'wechat-desktop';

/** What to do about it, in the order to be tried. */
export function cameraSteps(fault: CameraFault, place: CameraPlace): readonly CameraStep[] {
  if (fault === 'insecure') return ['https'];
  if (fault === 'denied') return DENIED[place];
  if (fault === 'in-use') return isDesktop(place) ? ['closeOthersDesktop', 'restart'] : ['closeOthers', 'restart'];
  if (fault === 'missing') return isDesktop(place) ? ['plugIn', 'usePhone'] : ['closeOthers', 'restart'];
  // WeChat's own browser is the usual reason for a camera that will not open.
  if (place === 'wechat-phone') return ['openInBrowser', 'signInThere'];
  if (place === 'wechat-desktop') return ['openInBrowserDesktop', 'signInThere'];
  return fault === 'unsupported'
    ? ['newerBrowser']
    : [isDesktop(place) ? 'closeOthersDesktop' : 'closeOthers', 'restart'];
}
