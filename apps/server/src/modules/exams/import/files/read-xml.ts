import { TextDecoder } from 'node:util';
import { element, type XmlElement, type XmlNode } from '@antu/domain';
import { SaxesParser } from 'saxes';
import { IMPORT_LIMITS } from './import-limits.ts';
import { ImportRefused } from './import-refused.ts';

type Options = { xmlns: false; position: false };

export interface XmlHandlers {
  /** Name without its prefix; attributes as they are written. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML piece by piece: well-formed, no DTD, so no entities beyond the five that XML knows, no processing instructions.
 * @param fileName for the message
 */
export async function readXml(chunks: AsyncIterable<Buffer>, fileName: string, handlers: XmlHandlers): Promise<void> {
  const parser = strictParser(fileName, handlers);
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk, fileName);
    parser.write(decode(decoder, chunk, fileName));
  }
  parser.write(decoder ? decode(decoder, undefined, fileName) : '');
  parser.close();
}

function strictParser(fileName: string, handlers: XmlHandlers): SaxesParser<Options> {
  const parser = new SaxesParser<Options>({ xmlns: false, position: false });
  const refuse = (code: 'xml-broken' | 'xml-forbidden' | 'xml-big') => {
    throw new ImportRefused(code, { found: fileName });
  };
  let depth = 0;
  parser.on('error', () => refuse('xml-broken'));
  parser.on('doctype', () => refuse('xml-forbidden'));
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > IMPORT_LIMITS.xmlDepth) refuse('xml-big');
    handlers.open?.(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handlers.close?.(localName(name));
  });
  parser.on('text', (found) => handlers.text?.(found));
  parser.on('cdata', (found) => handlers.text?.(found));
  return parser;
}

/** By byte order mark or declaration; UTF-8 else. */
function decoderFor(chunk: Buffer, fileName: string): TextDecoder {
  const head = chunk.toString('latin1', 0, 200);
  const declared = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1];
  const label = head.startsWith('\xff\xfe')
    ? 'utf-16le'
    : head.startsWith('\xfe\xff')
      ? 'utf-16be'
      : (declared ?? 'utf-8');
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new ImportRefused('xml-broken', { found: fileName });
  }
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, fileName: string): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new ImportRefused('xml-broken', { found: fileName });
  }
}

/** A small XML file as a tree. */
export async function readXmlTree(bytes: Buffer, fileName: string): Promise<XmlElement> {
  const root: { children: XmlNode[] } = { children: [] };
  const open: { children: XmlNode[] }[] = [root];
  let nodes = 0;
  const add = (node: XmlNode) => {
    nodes += 1;
    if (nodes > IMPORT_LIMITS.xmlNodes) throw new ImportRefused('xml-big', { found: fileName });
    open.at(-1)?.children.push(node);
  };
  async function* once() {
    yield bytes;
  }
  await readXml(once(), fileName, {
    open(name, attributes) {
      const children: XmlNode[] = [];
      add(element(name, { ...attributes }, children));
      open.push({ children });
    },
    close: () => void open.pop(),
    text: (text) => add(text),
  });
  const tree = root.children.find((node) => typeof node !== 'string');
  if (!tree) throw new ImportRefused('xml-broken', { found: fileName });
  return tree;
}
