import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyPath,
  emptyRoot,
  inclusionPath,
  isConsistent,
  isIncluded,
  leafHash,
  type ReadNode,
  rootFrom,
  rootOf,
} from './index.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const leavesOf = (size: number, salt = 0) =>
  Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i, i >> 8, salt)));
const nodesOf =
  (leaves: readonly Uint8Array[]): ReadNode =>
  async (level, index) =>
    rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const flip = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, i) => (i === at % bytes.length ? byte ^ (1 << (at % 8)) : byte));

describe('hashes', () => {
  // Known answers of RFC 6962, which RFC 9162 keeps.
  test.each([
    ['an empty tree', emptyRoot(), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['an empty leaf', leafHash(new Uint8Array(0)), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ])('%s', (_name, hash, wanted) => expect(hex(hash)).toBe(wanted));
});

describe('proofs', () => {
  test('every leaf of every tree up to 70 leaves is included, and nothing else is', async () => {
    const all = leavesOf(70);
    for (let size = 1; size <= 70; size += 1) {
      const [leaves, root] = [all.slice(0, size), rootOf(all.slice(0, size))];
      expect(hex(await rootFrom(nodesOf(leaves), size))).toBe(hex(root));
      for (const [index, leaf] of leaves.entries()) {
        const path = await inclusionPath(nodesOf(leaves), index, size);
        expect(isIncluded({ index, size, leaf, path, root })).toBe(true);
        expect(isIncluded({ index: (index + 1) % (size + 1), size, leaf, path, root })).toBe(false);
      }
    }
  });

  test('every tree up to 40 leaves continues every smaller one', async () => {
    const all = leavesOf(40);
    for (let size = 0; size <= 40; size += 1) {
      for (let oldSize = 0; oldSize <= size; oldSize += 1) {
        const path = await consistencyPath(nodesOf(all), oldSize, size);
        const [oldRoot, root] = [rootOf(all.slice(0, oldSize)), rootOf(all.slice(0, size))];
        expect(isConsistent({ oldSize, oldRoot, size, root, path }), `${oldSize} in ${size}`).toBe(true);
      }
    }
  });

  test('two logs that differ in one leaf have no consistency proof between them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(300), fc.nat(), async (oldSize, more, at) => {
        const mine = leavesOf(oldSize + more + 1);
        const forked = mine.map((leaf, i) => (i === at % oldSize ? flip(leaf, at) : leaf));
        const size = mine.length;
        const path = await consistencyPath(nodesOf(mine), oldSize, size);
        const root = rootOf(mine);
        expect(isConsistent({ oldSize, oldRoot: rootOf(mine.slice(0, oldSize)), size, root, path })).toBe(true);
        const oldRoot = rootOf(forked.slice(0, oldSize));
        expect(isConsistent({ oldSize, oldRoot, size, root, path })).toBe(false);
        const other = await consistencyPath(nodesOf(forked), oldSize, size);
        expect(isConsistent({ oldSize, oldRoot, size, root, path: other })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('a changed bit anywhere in leaf, path or root is found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 500 }), fc.nat(), fc.nat(), async (size, which, at) => {
        const leaves = leavesOf(size);
        const index = which % size;
        const path = await inclusionPath(nodesOf(leaves), index, size);
        const parts = [leaves[index] as Uint8Array, rootOf(leaves), ...path];
        const chosen = which % parts.length;
        const [leaf, root, ...steps] = parts.map((part, i) => (i === chosen ? flip(part, at) : part));
        expect(isIncluded({ index, size, leaf: leaf as Uint8Array, path: steps, root: root as Uint8Array })).toBe(
          false,
        );
      }),
      { numRuns: 100 },
    );
  });
});
