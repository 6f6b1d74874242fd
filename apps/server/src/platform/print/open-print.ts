import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import PdfDocument from 'pdfkit';

const { resolve } = createRequire(import.meta.url);
const FONT_FILES = {
  regular: resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
};
let fonts: Promise<Record<keyof typeof FONT_FILES, Buffer>> | undefined;

/** 10 MB each: read once. */
const loadFonts = (): NonNullable<typeof fonts> => {
  fonts ??= Promise.all([readFile(FONT_FILES.regular), readFile(FONT_FILES.bold)]).then(([regular, bold]) => ({
    regular,
    bold,
  }));
  return fonts;
};

export type Doc = PDFKit.PDFDocument;
/** A document under way, in points from the upper left corner. */
export interface Print {
  readonly doc: Doc;
  readonly left: number;
  readonly width: number;
  /** Lowest place that may be printed on. */
  readonly bottom: number;
  /** Goes to a new page unless so much height is left. A block higher than a page begins where it is. */
  keep(height: number): void;
  finish(): Promise<Buffer>;
}

const MARGIN = 48;
const FOOTER_HEIGHT = 24;

/**
 * Begins a document, A4 unless told otherwise. Only the glyphs that are used go into the file. `footer` stands on each page beside its number.
 * `archival`: PDF/A-3b (ISO 19005-3), which may carry files of any kind.
 */
export async function openPrint(
  title: string,
  footer: string,
  size: 'A4' | 'A5' = 'A4',
  { archival = false }: { archival?: boolean } = {},
): Promise<Print> {
  const { regular, bold } = await loadFonts();
  const doc = new PdfDocument({
    size,
    bufferPages: true,
    margins: { top: MARGIN, bottom: MARGIN + FOOTER_HEIGHT, left: MARGIN, right: MARGIN },
    info: { Title: title },
    lang: 'zh-CN',
    ...(archival ? { subset: 'PDF/A-3b' as const, pdfVersion: '1.7' as const } : {}),
  });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<Buffer>((fulfil) => {
    doc.on('end', () => fulfil(Buffer.concat(parts)));
  });
  doc.registerFont('regular', regular).registerFont('bold', bold).font('regular').fontSize(10.5);
  const bottom = doc.page.height - MARGIN - FOOTER_HEIGHT;
  return {
    doc,
    left: MARGIN,
    width: doc.page.width - 2 * MARGIN,
    bottom,
    keep: (height) => {
      if (doc.y + height > bottom && height <= bottom - MARGIN) doc.addPage();
    },
    finish: () => {
      numberPages(doc, footer);
      doc.end();
      return done;
    },
  };
}

function numberPages(doc: Doc, footer: string): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    // Below the margin pdfkit would begin another page.
    doc.page.margins.bottom = 0;
    const y = doc.page.height - MARGIN;
    const width = doc.page.width - 2 * MARGIN;
    doc.font('regular').fontSize(8.5).fillColor('#555');
    doc.text(footer, MARGIN, y, { width: width * 0.7, lineBreak: false, ellipsis: true });
    doc.text(`第 ${page - start + 1} 页　共 ${count} 页`, MARGIN, y, { width, align: 'right', lineBreak: false });
  }
}
