import type { Box, Pixels } from './face-models.ts';

/** Brightness of each pixel, 0 to 255, row by row. */
export type Luma = { readonly values: Float32Array; readonly width: number; readonly height: number };

/** Weights of ITU-R BT.601, as in JPEG. */
export function lumaOf({ rgb, width, height }: Pixels): Luma {
  const values = new Float32Array(width * height);
  for (let i = 0, at = 0; i < values.length; i += 1, at += 3)
    values[i] = 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
  return { values, width, height };
}

/** Between pixels; beyond the edge the edge goes on. */
export function lumaAt({ values, width, height }: Luma, x: number, y: number): number {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const dx = Math.min(1, Math.max(0, x - left));
  const dy = Math.min(1, Math.max(0, y - top));
  const upper = (values[top * width + left] ?? 0) * (1 - dx) + (values[top * width + right] ?? 0) * dx;
  const lower = (values[bottom * width + left] ?? 0) * (1 - dx) + (values[bottom * width + right] ?? 0) * dx;
  return upper * (1 - dy) + lower * dy;
}

/** The part inside the box scaled to a square of `side`, each cell the mean of what it covers. */
export function scaleLuma(luma: Luma, box: Box, side: number): Luma {
  const values = new Float32Array(side * side);
  const steps = Math.max(1, Math.ceil(Math.max(box.width, box.height) / side));
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      let sum = 0;
      for (let i = 0; i < steps; i += 1)
        for (let j = 0; j < steps; j += 1)
          sum += lumaAt(
            luma,
            box.x + ((column + (j + 0.5) / steps) / side) * box.width - 0.5,
            box.y + ((row + (i + 0.5) / steps) / side) * box.height - 0.5,
          );
      values[row * side + column] = sum / (steps * steps);
    }
  return { values, width: side, height: side };
}

/** Means of a grid of side x side cells over the whole picture. */
export function gridOf({ values, width, height }: Luma, side: number): number[] {
  const sums = new Float64Array(side * side);
  const counts = new Float64Array(side * side);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * side) / height) * side;
    for (let x = 0; x < width; x += 1) {
      const cell = row + Math.floor((x * side) / width);
      sums[cell] = (sums[cell] ?? 0) + (values[y * width + x] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return Array.from(sums, (sum, cell) => sum / Math.max(1, counts[cell] ?? 0));
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return values.length === 0 ? 0 : sum / values.length;
}

export function varianceOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += ((values[i] ?? 0) - mean) ** 2;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Variance of the Laplacian: how much detail there is. */
export function detailOf({ values, width, height }: Luma): number {
  const found: number[] = [];
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around =
        (values[at - 1] ?? 0) + (values[at + 1] ?? 0) + (values[at - width] ?? 0) + (values[at + width] ?? 0);
      found.push(around - 4 * (values[at] ?? 0));
    }
  return varianceOf(found);
}
