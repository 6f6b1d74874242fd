import { expect, it } from 'vitest';
import { useTextSize } from './use-text-size.ts';

it('steps standard, large, largest and round again', () => {
  const { textSize, nextTextSize } = useTextSize();
  const seen = [textSize.value];
  for (let step = 0; step < 3; step += 1) {
    nextTextSize();
    seen.push(textSize.value);
  }
  expect(seen).toEqual(['standard', 'large', 'largest', 'standard']);
});
