import { expect, it } from 'vitest';
import { describeDevice } from './describe-device.ts';

it.each([
  [
    'Mozilla/5.0 (Linux; Android 12; V2054A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0 Mobile Safari/537.36',
    5,
    'phone',
    'Android Chrome',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.0 Mobile/15E148 Safari/604.1',
    5,
    'phone',
    'iPhone Safari',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/605.1.15',
    5,
    'tablet',
    'iPad Safari',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120', 0, 'computer', 'Windows Edge'],
  ['curl/8', 0, 'computer', 'unknown'],
] as const)('%s', (agent, touchPoints, kind, name) => {
  expect(describeDevice(agent, touchPoints)).toEqual({ kind, name });
});
