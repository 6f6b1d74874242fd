/** A stretch of words with one look. */
export interface Inline {
  text: string;
  look: 'plain' | 'strong' | 'emphasis' | 'code';
}
/** A point of a list; `checked` is null unless the point has a box to tick. */
export interface ListItem {
  checked: boolean | null;
  content: Inline[];
}
export type Block =
  | { type: 'heading'; level: 2 | 3 | 4; content: Inline[] }
  | { type: 'paragraph'; content: Inline[] }
  | { type: 'quote'; content: Inline[] }
  | { type: 'list'; ordered: boolean; items: ListItem[] }
  | { type: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { type: 'rule' };

const INLINE = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\([^)]*\)/g;

/** Words of one line. Links keep their words only: a lesson must not lead away from its clock. */
export function parseInline(line: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(INLINE)) {
    if (match.index > from) parts.push({ text: line.slice(from, match.index), look: 'plain' });
    const [whole, strong, emphasis, code, link] = match;
    if (strong !== undefined) parts.push({ text: strong, look: 'strong' });
    else if (emphasis !== undefined) parts.push({ text: emphasis, look: 'emphasis' });
    else if (code !== undefined) parts.push({ text: code, look: 'code' });
    else parts.push({ text: link ?? whole, look: 'plain' });
    from = match.index + whole.length;
  }
  if (from < line.length) parts.push({ text: line.slice(from), look: 'plain' });
  return parts;
}

const cells = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseInline(cell.trim()));
const isTableRule = (line: string | undefined) => line !== undefined && /^\s*\|?[\s:|-]*-{3,}[\s:|-]*$/.test(line);
const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d+[.)、]\s*(.*)$/;
const STARTS_BLOCK = /^(#{1,6}\s|>|\s*[-*+]\s|\s*\d+[.)、]|-{3,}\s*$|\|)/;

/** The part of Markdown that lessons use, as plain data: a component draws it, nothing is ever inserted as HTML. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const takeWhile = (pattern: RegExp): string[] => {
    const taken: string[] = [];
    for (let match = pattern.exec(lines[at] ?? ''); match; match = pattern.exec(lines[at] ?? '')) {
      taken.push(match[1] ?? '');
      at += 1;
    }
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === '') {
      at += 1;
    } else if (heading) {
      // The page has its own first heading; a lesson's begin below it.
      const level = Math.min(4, Math.max(2, heading[1]?.length ?? 2)) as 2 | 3 | 4;
      blocks.push({ type: 'heading', level, content: parseInline(heading[2] ?? '') });
      at += 1;
    } else if (/^-{3,}\s*$/.test(line)) {
      blocks.push({ type: 'rule' });
      at += 1;
    } else if (line.includes('|') && isTableRule(lines[at + 1])) {
      const head = cells(line);
      at += 2;
      const rows = takeWhile(/^(.*\|.*)$/).map(cells);
      blocks.push({ type: 'table', head, rows });
    } else if (BULLET.test(line)) {
      blocks.push({ type: 'list', ordered: false, items: takeWhile(BULLET).map(parseItem) });
    } else if (NUMBER.test(line)) {
      blocks.push({ type: 'list', ordered: true, items: takeWhile(NUMBER).map(parseItem) });
    } else if (line.startsWith('>')) {
      blocks.push({ type: 'quote', content: parseInline(joinLines(takeWhile(/^>\s?(.*)$/))) });
    } else {
      const words = [line];
      at += 1;
      for (let next = lines[at]; next && next.trim() !== '' && !STARTS_BLOCK.test(next); next = lines[at]) {
        words.push(next);
        at += 1;
      }
      blocks.push({ type: 'paragraph', content: parseInline(joinLines(words)) });
    }
  }
  return blocks;
}

function parseItem(line: string): ListItem {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(line);
  if (!box) return { checked: null, content: parseInline(line) };
  return { checked: box[1] !== ' ', content: parseInline(box[2] ?? '') };
}

/** Lines of one paragraph: no space between Chinese, one between words. */
function joinLines(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).reduce((all, line) => (/[\w,.]$/.test(all) ? `${all} ${line}` : all + line));
}
