import { expect, test } from 'vitest';
import { keysOf, sortFiles } from './sort-files.ts';

const key = { keyId: 'a', purpose: 'log', algorithm: 'SM2', publicKey: 'AAAA' };
const file = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const checkpoint = `antu.example/log\n1\n${btoa('x'.repeat(32))}\n\n— antu.example/log ${btoa('12345678')}\n`;

test('keys are read from the published list and from a bare one', () => {
  expect(keysOf({ keys: [key] })).toEqual([key]);
  expect(keysOf([key])).toEqual([key]);
  for (const none of [null, [], {}, { keys: {} }, [{ ...key, publicKey: '?' }], [{ ...key, purpose: 1 }]])
    expect(keysOf(none)).toBeUndefined();
});

test('files are told by their content, whatever they are called', async () => {
  const consistency = { oldSize: 1, size: 2, path: ['AAAA'] };
  const bundle = { format: 'antu-proof-v1' };
  const sorted = await sortFiles([file([key]), file(checkpoint), file(consistency), file('hello'), file(bundle)]);
  expect(sorted).toEqual({ bundle, keys: [key], oldCheckpoint: checkpoint, consistency });
});
