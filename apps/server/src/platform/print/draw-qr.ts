import { encode } from 'uqr';
import type { Doc } from './open-print.ts';

/** Quiet zone in modules, ISO/IEC 18004 6.3.8. */
const QUIET = 4;

/** Draws a QR code as rectangles, so that it prints sharp. @param side with its quiet zone, in points */
export function drawQr(doc: Doc, value: string, { x, y, side }: { x: number; y: number; side: number }): void {
  const { data, size } = encode(value, { ecc: 'M', border: 0 });
  const module = side / (size + 2 * QUIET);
  for (const [row, cells] of data.entries()) {
    for (const [column, isDark] of cells.entries()) {
      if (isDark) doc.rect(x + (column + QUIET) * module, y + (row + QUIET) * module, module, module);
    }
  }
  doc.fill('#000');
}
