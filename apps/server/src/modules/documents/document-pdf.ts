import { canonicalJson } from '@antu/domain';
import type { Platform } from '../../platform/module.ts';
import { drawQr } from '../../platform/print/draw-qr.ts';
import { openPrint } from '../../platform/print/open-print.ts';
import { reserveSignature, signPdf } from '../../platform/print/sign-pdf.ts';
import { keyOf } from '../../platform/signing/signing-key.ts';
import { documentBundle } from './document-bundle.ts';
import type { DocumentRef } from './document-context.ts';
import { documentKindOf } from './document-kinds.ts';
import { type LoadedDocument, loadDocument } from './load-document.ts';

/** `being-recorded`: the log has not taken it in yet, which takes seconds; the paper carries the proof and so must wait. */
export type DocumentPdf = { readonly state: 'ready'; readonly bytes: Buffer } | { readonly state: 'being-recorded' };

const QR_SIDE = 104;
const BUNDLE_NAME = 'antu-proof.json';

/** Where anybody checks a document; what its QR code holds. */
export const verifyUrlOf = ({ settings }: Pick<Platform, 'settings'>, code: string): string =>
  `${settings.publicUrl}/verify/${code}`;

/** The paper, for its holder: PDF/A-3 with the proof attached and a PAdES signature. Undefined for an unknown document. */
export async function documentPdf(platform: Platform, ref: DocumentRef): Promise<DocumentPdf | undefined> {
  const document = await loadDocument(platform, platform.pool, ref);
  if (!document) return undefined;
  const bundle = await documentBundle(platform, ref);
  if (!bundle) return { state: 'being-recorded' };
  return { state: 'ready', bytes: await writeDocument(platform, document, canonicalJson(bundle)) };
}

async function writeDocument(platform: Platform, document: LoadedDocument, bundle: string): Promise<Buffer> {
  const kind = documentKindOf(document.kind);
  const { number, code } = document;
  const print = await openPrint(`${kind.titleZh} ${number}`, `${kind.titleZh}　编号 ${number}`, 'A4', {
    archival: true,
  });
  kind.render(print, document);
  drawCode(platform, print, code);
  const now = platform.clock.now();
  print.doc.file(Buffer.from(bundle), {
    name: BUNDLE_NAME,
    type: 'application/json',
    relationship: 'Data',
    description: 'Proof that can be checked without the server',
    creationDate: now,
    modifiedDate: now,
  } as PDFKit.Mixins.PDFAttachmentOptions);
  reserveSignature(print, { name: 'Antu', reason: `${kind.titleZh} ${number}`, at: now });
  return signPdf(await print.finish(), keyOf(platform.signing, 'pdf'));
}

function drawCode(platform: Platform, print: Awaited<ReturnType<typeof openPrint>>, code: string): void {
  const { doc, left, width, bottom } = print;
  print.keep(QR_SIDE);
  const y = Math.max(doc.y, bottom - QR_SIDE);
  const url = verifyUrlOf(platform, code);
  drawQr(doc, url, { x: left + width - QR_SIDE, y, side: QR_SIDE });
  doc.font('regular').fontSize(9).fillColor('#555');
  doc.text('扫描二维码核验真伪与当前状态。本文件附有证明，离线也可以核验。', left, y + 24, {
    width: width - QR_SIDE - 24,
  });
  doc.text(url, left, doc.y + 6, { width: width - QR_SIDE - 24 });
}
