import type { Print } from './open-print.ts';

const ROW_GAP = 7;

/** Writes names with what they stand for, one under the other. */
export function writeFacts(
  { doc, left }: Print,
  facts: readonly (readonly [name: string, text: string])[],
  { width, nameWidth }: { width: number; nameWidth: number },
): void {
  for (const [name, text] of facts) {
    const y = doc.y;
    doc.font('regular').fillColor('#555').text(name, left, y, { width: nameWidth, lineBreak: false });
    doc
      .font('bold')
      .fillColor('#000')
      .text(text, left + nameWidth, y, { width: width - nameWidth });
    doc.y += ROW_GAP;
  }
  doc.font('regular');
}
