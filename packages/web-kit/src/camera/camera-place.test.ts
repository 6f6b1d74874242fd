import { describe, expect, it } from 'vitest';
import { cameraFaultOf, CameraError } from './camera-fault.ts';
import { cameraPlaceOf } from './camera-place.ts';
import { cameraSteps } from './camera-steps.ts';

const ANDROID = 'Mozilla/5.0 (Linux; Android 13; M2101K7AG) AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';

describe('cameraPlaceOf', () => {
  it.each([
    ['Chrome on a phone', `${ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36`, 5, 'android-chrome'],
    [
      'the browser of Xiaomi',
      `${ANDROID} Chrome/112.0.0.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.2`,
      5,
      'android-other',
    ],
    [
      'the browser of Huawei',
      `${ANDROID} Chrome/114.0.0.0 HuaweiBrowser/15.0 Mobile Safari/537.36`,
      5,
      'android-other',
    ],
    [
      'an app that shows pages',
      'Mozilla/5.0 (Linux; Android 13; V2 Build/T; wv) Chrome/120 Mobile Safari/537.36',
      5,
      'android-other',
    ],
    ['Firefox on Android', 'Mozilla/5.0 (Android 13; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0', 5, 'android-other'],
    ['HarmonyOS', 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1 Mobile', 5, 'android-other'],
    ['Safari on an iPhone', `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 5, 'ios-safari'],
    ['an iPad that calls itself a Mac', `${MAC} Version/17.5 Safari/605.1.15`, 5, 'ios-safari'],
    ['Chrome on an iPhone', `${IPHONE} CriOS/125.0 Mobile/15E148 Safari/604.1`, 5, 'ios-other'],
    ['an app on an iPhone', `${IPHONE} Mobile/15E148`, 5, 'ios-other'],
    [
      'WeChat on Android',
      `${ANDROID} Version/4.0 Chrome/116 XWEB/1160 MMWEBSDK/2024 Mobile Safari/537.36 MicroMessenger/8.0.49`,
      5,
      'wechat-phone',
    ],
    [
      'WeChat on an iPhone',
      `${IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x1800312d) NetType/WIFI`,
      5,
      'wechat-phone',
    ],
    [
      'WeChat on Windows',
      `${WINDOWS} Chrome/107 Safari/537.36 MicroMessenger/7.0.20.1781 WindowsWechat`,
      0,
      'wechat-desktop',
    ],
    ['Chrome on Windows', `${WINDOWS} Chrome/140.0.0.0 Safari/537.36`, 0, 'desktop-chromium'],
    [
      'Edge on a laptop with a touch screen',
      `${WINDOWS} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`,
      10,
      'desktop-chromium',
    ],
    ['Safari on a Mac', `${MAC} Version/17.5 Safari/605.1.15`, 0, 'desktop-other'],
    ['Firefox on Windows', 'Mozilla/5.0 (Windows NT 10.0; rv:125.0) Gecko/20100101 Firefox/125.0', 0, 'desktop-other'],
  ])('%s', (_name, userAgent, touchPoints, place) => {
    expect(cameraPlaceOf(userAgent, touchPoints)).toBe(place);
  });
});

describe('cameraFaultOf', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'in-use'],
    ['AbortError', 'in-use'],
    ['TypeError', 'failed'],
  ])('%s is %s', (name, fault) => {
    expect(cameraFaultOf(Object.assign(new Error('x'), { name }))).toBe(fault);
  });

  it('keeps what is known and takes anything', () => {
    expect(cameraFaultOf(new CameraError('insecure'))).toBe('insecure');
    expect(cameraFaultOf(undefined)).toBe('failed');
  });
});

describe('cameraSteps', () => {
  it.each([
    ['denied', 'wechat-phone', 'openInBrowser'],
    ['unsupported', 'wechat-phone', 'openInBrowser'],
    ['failed', 'wechat-phone', 'openInBrowser'],
    ['in-use', 'wechat-phone', 'closeOthers'],
    ['denied', 'android-chrome', 'chromeLock'],
    ['denied', 'ios-safari', 'safariPage'],
    ['denied', 'desktop-chromium', 'desktopLock'],
    ['missing', 'desktop-chromium', 'plugIn'],
    ['missing', 'android-chrome', 'closeOthers'],
    ['in-use', 'desktop-other', 'closeOthersDesktop'],
    ['insecure', 'android-chrome', 'https'],
    ['unsupported', 'android-other', 'newerBrowser'],
  ] as const)('%s in %s begins with %s', (fault, place, first) => {
    expect(cameraSteps(fault, place)[0]).toBe(first);
  });
});
