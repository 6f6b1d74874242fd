import { existsSync } from 'node:fs';

/** Debian's Chromium; CHROMIUM_PATH names another one. */
export function findChromium(): string {
  const path = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (one) => one !== undefined && existsSync(one),
  );
  if (!path) throw new Error('Chromium is missing: install the Debian package chromium');
  return path;
}

/** Quiet, without looking for hosts outside, and with sound and autoplay as on a phone after a touch. */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--mute-audio',
  '--lang=zh-CN',
];
