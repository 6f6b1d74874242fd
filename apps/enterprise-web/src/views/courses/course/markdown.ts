/** A run of words, bold or not. */
export interface TextPart {
  readonly text: string;
  readonly bold: boolean;
}
export type Block =
  | {
      readonly kind: 'heading' /** 3 to 5: the page has its own first two levels. */;
      readonly level: number;
      readonly parts: readonly TextPart[];
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: (readonly TextPart[])[] }
  | { readonly kind: 'paragraph'; readonly parts: readonly TextPart[] };

const HEADING = /^(#{1,3})\s+(.+)$/;
const ITEM = /^(?:[-*]|(\d+)[.、])\s+(.+)$/;

const splitBold = (line: string): TextPart[] =>
  line
    .split('**')
    .map((text, at) => ({ text, bold: at % 2 === 1 }))
    .filter((part) => part.text !== '');

/** Headings, lists, bold and paragraphs of a document lesson; everything else stays as the words it is. */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let words: string[] = [];
  const flush = () => {
    if (words.length > 0) blocks.push({ kind: 'paragraph', parts: splitBold(words.join('\n')) });
    words = [];
  };
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (line === '') flush();
    else if (heading) {
      flush();
      blocks.push({ kind: 'heading', level: (heading[1]?.length ?? 1) + 2, parts: splitBold(heading[2] ?? '') });
    } else if (item) {
      flush();
      const ordered = item[1] !== undefined;
      const last = blocks.at(-1);
      if (last?.kind === 'list' && last.ordered === ordered) last.items.push(splitBold(item[2] ?? ''));
      else blocks.push({ kind: 'list', ordered, items: [splitBold(item[2] ?? '')] });
    } else words.push(line);
  }
  flush();
  return blocks;
}
