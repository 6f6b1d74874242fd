import { describe, expect, it } from 'vitest';
import { placeOfAddress } from './place-of-address.ts';

describe('where an address lies', () => {
  const known: [address: string, province: string, city: string | null][] = [
    ['113.108.81.189', '广东省', '深圳市'],
    ['202.97.224.69', '黑龙江省', '哈尔滨市'],
    ['119.29.29.29', '北京', '北京市'],
    ['240e:e9:8800::1', '江苏省', '苏州市'],
    ['203.198.1.1', '香港', null],
  ];
  it.each(known)('%s is in %s', (address, province, city) => {
    expect(placeOfAddress(address)).toEqual({ province, city });
  });

  const unknown = [
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '127.0.0.1',
    '169.254.1.1',
    '203.0.113.9',
    '0.0.0.0',
    '::1',
    'fe80::1',
    '2001:db8::1',
    '8.8.8.8',
    '2408:8000::1',
    'no address',
  ];
  it.each(unknown)('%s is nowhere that counts: private, reserved, abroad or not known', (address) => {
    expect(placeOfAddress(address)).toBeNull();
  });
});
