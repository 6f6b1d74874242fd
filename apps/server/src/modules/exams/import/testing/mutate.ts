import { encodeGbk } from './gbk-encode.ts';
import { unzip, zipOf } from './zip-bytes.ts';

/** Whole numbers below a bound, the same for the same seed. */
export type Random = (below: number) => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
export const pickOne = <Item>(random: Random, list: readonly Item[]): Item => list[random(list.length)] as Item;

/** Bytes overwritten, cut out, doubled or cut off. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length);
  const length = 1 + random(Math.min(64, bytes.length - at));
  const how = random(5);
  if (how === 0) return bytes.subarray(0, at);
  if (how === 1) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  if (how === 2) return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  const changed = Buffer.from(bytes);
  for (let count = 1 + random(8); count > 0; count -= 1) changed[random(changed.length)] = random(256);
  return changed;
}

const xmlPieces = [
  '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>',
  '&c;',
  '<?xml version="1.0"?>',
  '<c r="XFD1048576"><v>1</v></c>',
  '<row r="99999999">',
  '<f>1+1</f>',
  '<mergeCell ref="A1:XFD1048576"/>',
  '<mergeCell ref="B2:B9"/>',
  ' t="e"',
  '</row>',
  '<![CDATA[',
  ']]>',
  '<p>'.repeat(200),
  '\u0000',
  '\uFFFE',
  '_x0000_',
  '<qti-choice-interaction>',
  '<qti-extended-text-interaction/>',
  '<img src="../../../etc/passwd"/>',
  '<img src="http://example.org/a.png"/>',
  '-1',
  '1e999',
  'é'.repeat(3_000),
];
const textPieces = [
  '1、',
  '（1）',
  '一、单项选择题',
  '答案：',
  '答案：1-5 ABCDA',
  '【答案】',
  'A、',
  'H.',
  'I、',
  '（A）',
  '（ ）',
  '____',
  '解析：',
  '案例一：',
  '1-999999 A',
  '9999、',
  '答案',
  '\u0000',
  '\uFFFD',
  '\uD800',
  '（'.repeat(500),
  '1-'.repeat(500),
  ' '.repeat(3_000),
  'A'.repeat(3_000),
  '[图片 x y]',
  '安途题库文本 1',
  '\t',
  '\u2028',
  'A、B、C、D、',
  '√×√×',
];

/** Text cut, doubled, its lines in another order, and pieces put in that mean something to a reader. */
export function mutateText(text: string, random: Random, pieces: readonly string[] = textPieces): string {
  let changed = text;
  for (let count = 1 + random(6); count > 0; count -= 1) {
    const at = random(changed.length + 1);
    const length = random(40);
    const how = random(5);
    if (how === 0) changed = changed.slice(0, at) + changed.slice(at + length);
    else if (how === 1) changed = changed.slice(0, at + length) + changed.slice(at);
    else if (how === 2) {
      const lines = changed.split('\n');
      const [line = ''] = lines.splice(random(lines.length), 1);
      lines.splice(random(lines.length + 1), 0, line);
      changed = lines.join('\n');
    } else changed = changed.slice(0, at) + pickOne(random, pieces) + changed.slice(at);
  }
  return changed;
}

/** One entry of a package with other text, gone, or under another name. */
export async function mutatePackage(zip: Buffer, random: Random): Promise<Buffer> {
  const entries = await unzip(zip);
  const names = [...entries.keys()];
  for (let count = 1 + random(2); count > 0; count -= 1) {
    const name = pickOne(random, names);
    const content = entries.get(name) ?? Buffer.alloc(0);
    const how = random(6);
    if (how === 0) entries.delete(name);
    else if (how === 1) entries.set(`${name}x`, content);
    else if (how === 2) entries.set(name, mutateBytes(content.length === 0 ? Buffer.from(' ') : content, random));
    else entries.set(name, Buffer.from(mutateText(content.toString(), random, xmlPieces)));
  }
  return zipOf(entries);
}

/** The text in an encoding that people have, or in one that is not what it says. */
export function encodeSomehow(text: string, random: Random): Buffer {
  const how = random(8);
  if (how === 0) return encodeGbk(text);
  if (how === 1) return Buffer.from(text, 'utf16le');
  if (how === 2) return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  if (how === 3) return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
  if (how === 4) return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), encodeGbk(text)]);
  if (how === 5) return Buffer.from(text, 'latin1');
  if (how === 6) return mutateBytes(encodeGbk(text), random);
  return Buffer.from(text);
}
