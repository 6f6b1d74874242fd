import { constants, inflateSync } from 'node:zlib';

/** Bodies of the objects of a file by number, streams inflated. Only as much of the format as pdfkit writes. */
function objectsOf(pdf: Buffer): Map<number, { head: string; stream: string }> {
  const raw = pdf.toString('latin1');
  return new Map(
    [...raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, number, body = '']) => {
      const [head = '', stream] = body.split(/stream\r?\n/);
      return [Number(number), { head, stream: stream === undefined ? '' : inflated(stream) }];
    }),
  );
}

function inflated(stream: string): string {
  try {
    // A last byte that looks like the end of a line is taken for one above.
    const options = { finishFlush: constants.Z_SYNC_FLUSH };
    return inflateSync(Buffer.from(stream, 'latin1'), options).toString('latin1');
  } catch {
    return '';
  }
}

/** Glyph numbers of a font with the text they stand for. */
function glyphsOf(cmap: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    for (const [at, [, codes = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const units = codes.replaceAll(' ', '').match(/.{4}/g) ?? [];
      glyphs.set(
        Number.parseInt(from, 16) + at,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    }
  }
  return glyphs;
}

/** The text of a document in the order in which it was written, without spaces between pieces. */
export function textOf(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Map<number, string>>();
  for (const { head } of objects.values()) {
    for (const [, name = '', font] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(font))?.head ?? '')?.[1];
      fonts.set(name, glyphsOf(objects.get(Number(map))?.stream ?? ''));
    }
  }
  let font: Map<number, string> | undefined;
  let text = '';
  for (const { stream } of objects.values()) {
    for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = fonts.get(name);
      for (const [, codes = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/g)) {
        for (const code of codes.match(/.{4}/g) ?? []) text += font?.get(Number.parseInt(code, 16)) ?? '';
      }
    }
  }
  return text;
}
