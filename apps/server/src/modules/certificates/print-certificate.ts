import { writeFacts } from '../../platform/print/write-facts.ts';
import { registerDocumentKind } from '../documents/index.ts';

export const TRAINING_CERTIFICATE = 'certificates.training';
const NAME_WIDTH = 96;

/** 培训证明, A4: what stands on it is what was issued. */
export function registerTrainingCertificate(): void {
  registerDocumentKind({
    kind: TRAINING_CERTIFICATE,
    titleZh: '培训证明',
    titleEn: 'Training certificate',
    render(print, { fields }) {
      const { doc, left, width } = print;
      doc
        .font('bold')
        .fontSize(24)
        .text('培训证明', left, doc.y + 40, { width, align: 'center' });
      doc.y += 36;
      doc.fontSize(13);
      writeFacts(
        print,
        fields.map(({ label, value }) => [label, value] as const),
        { width, nameWidth: NAME_WIDTH },
      );
    },
  });
}
