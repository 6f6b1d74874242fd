import { expect, it } from 'vitest';
import { arcsOf } from './arcs.ts';

it('draws one arc a step, the first from the top to the right', () => {
  expect(arcsOf(3)).toHaveLength(3);
  expect(arcsOf(3)[0]).toBe('M145 8.9A124 160 0 0 1 245.3 233.1');
  expect(arcsOf(1)[0]).toContain(' 0 1 1 ');
});
