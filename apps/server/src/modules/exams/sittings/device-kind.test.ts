import { describe, expect, it } from 'vitest';
import { deviceKindOf } from './device-kind.ts';

describe('The kind of a device', () => {
  it.each([
    ['phone', 'Mozilla/5.0 (Linux; Android 14; 22081212C) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36'],
    ['phone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49'],
    ['tablet', 'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/126.0 Safari/537.36'],
    ['tablet', 'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'],
    ['computer', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0'],
    ['computer', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36'],
    [null, ''],
  ])('is %s: %s', (kind, userAgent) => {
    expect(deviceKindOf(userAgent)).toBe(kind);
  });
});
