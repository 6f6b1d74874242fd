/** Where a browser keeps its switch for the camera; names of the kinds that need words of their own. */
export type CameraPlace =
  | 'wechat-phone'
  | 'wechat-desktop'
  | 'ios-safari'
  | 'ios-other'
  | 'android-chrome'
  | 'android-other'
  | 'desktop-chromium'
  | 'desktop-other';

/** Browsers of phone makers and app shells that call themselves Chrome as well. */
const OTHER_ANDROID =
  /HuaweiBrowser|MiuiBrowser|XiaoMi|HeyTapBrowser|OppoBrowser|VivoBrowser|SamsungBrowser|UCBrowser|MQQBrowser|QQBrowser|baidu|Quark|DingTalk|AlipayClient|aweme|EdgA|Firefox|; wv\)/i;
const OTHER_IOS = /CriOS|FxiOS|EdgiOS|MQQBrowser|UCBrowser|baidu|Quark|DingTalk|AlipayClient/i;

/**
 * Says where the learner has to look when the camera is refused.
 * @param touchPoints of the navigator: iPads call themselves Macs, and no Mac has a touch screen
 */
export function cameraPlaceOf(userAgent: string, touchPoints: number): CameraPlace {
  const ios = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
  const android = /Android|HarmonyOS|OpenHarmony/i.test(userAgent);
  if (/MicroMessenger/i.test(userAgent)) return ios || android ? 'wechat-phone' : 'wechat-desktop';
  if (ios) return /Safari/.test(userAgent) && !OTHER_IOS.test(userAgent) ? 'ios-safari' : 'ios-other';
  if (android) return /Chrome/.test(userAgent) && !OTHER_ANDROID.test(userAgent) ? 'android-chrome' : 'android-other';
  return /Chrome\//.test(userAgent) ? 'desktop-chromium' : 'desktop-other';
}
