import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkpointText, formatNote, noteKeyHash, parseCheckpoint } from './index.ts';

const root = new Uint8Array(32).fill(7);
const note = formatNote(checkpointText({ origin: 'antu.example/log', size: 12, root }), [
  { name: 'antu.example/log', keyHash: Uint8Array.of(1, 2, 3, 4), signature: new Uint8Array(64).fill(9) },
]);

test('a checkpoint is read as it was written', () => {
  const read = parseCheckpoint(note);
  expect(read).toMatchObject({ origin: 'antu.example/log', size: 12, root });
  expect(formatNote(read.text, read.signatures)).toBe(note);
});

test('keys of another name or algorithm have another hash', () => {
  const first = noteKeyHash('a', 'ed25519', new Uint8Array(32));
  expect(first).toHaveLength(4);
  expect(noteKeyHash('b', 'ed25519', new Uint8Array(32))).not.toEqual(first);
  expect(noteKeyHash('a', 'sm2-sm3', new Uint8Array(32))).not.toEqual(first);
});

test('whatever is read has one spelling only', () => {
  fc.assert(
    fc.property(fc.nat(note.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, letter) => {
      const changed = note.slice(0, at) + letter + note.slice(at + 1);
      try {
        const read = parseCheckpoint(changed);
        expect(formatNote(checkpointText(read), read.signatures)).toBe(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['no signatures', 'a\n1\nAAAA\n'],
  ['a size with a leading zero', note.replace('\n12\n', '\n012\n')],
  ['a negative size', note.replace('\n12\n', '\n-1\n')],
  ['no end', note.slice(0, -1)],
  ['an extension line', note.replace('\n\n', '\nmore\n\n')],
])('%s is refused', (_name, text) => expect(() => parseCheckpoint(text)).toThrow(RangeError));
