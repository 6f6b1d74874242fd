import { ImportRefused } from './import-refused.ts';

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** Of the characters of a text, at least so many are Chinese, Latin or signs. */
const LEAST_PLAIN = 0.9;
/** More characters that cannot be read than this: it is no text, or one of an encoding that is not known. */
const MOST_LOST = 0.005;
const SAMPLE_BYTES = 64 * 1024;

/** The text of a file in UTF-8, UTF-16 or GBK (GB 18030), with or without a byte order mark. */
export function decodeText(bytes: Buffer): string {
  const mark = marks.find(([, head]) => head.every((byte, index) => bytes[index] === byte));
  if (mark) return decodeLoose(mark[0], bytes);
  if (bytes.includes(0)) return decodeWide(bytes);
  const utf8 = decodeStrict('utf-8', bytes);
  if (utf8 !== null) return utf8;
  const chinese = decodeStrict('gb18030', bytes);
  if (chinese !== null && plainShare(chinese) >= LEAST_PLAIN) return chinese;
  // A damaged place in an otherwise sound text: its rows are named.
  const [best] = ['utf-8', 'gb18030']
    .map((label) => new TextDecoder(label).decode(bytes))
    .sort((a, b) => lostShare(a) - lostShare(b));
  if (best === undefined || lostShare(best) > MOST_LOST || plainShare(best) < LEAST_PLAIN)
    throw new ImportRefused('encoding');
  return best;
}

/** Zero bytes: line feeds and digits of UTF-16 without a mark, or no text at all. */
function decodeWide(bytes: Buffer): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES - (SAMPLE_BYTES % 2));
  const [best] = ['utf-16le', 'utf-16be']
    .map((label) => ({ label, share: plainShare(new TextDecoder(label).decode(sample)) }))
    .sort((a, b) => b.share - a.share);
  if (!best || best.share < LEAST_PLAIN) throw new ImportRefused('not-text');
  return decodeLoose(best.label, bytes);
}

function decodeLoose(label: string, bytes: Buffer): string {
  const text = new TextDecoder(label).decode(bytes);
  if (lostShare(text) > MOST_LOST || plainShare(text) < LEAST_PLAIN) throw new ImportRefused('encoding');
  return text;
}

function decodeStrict(label: string, bytes: Buffer): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const share = (text: string, pattern: RegExp): number => {
  const sample = text.slice(0, SAMPLE_BYTES);
  return sample.length === 0 ? 0 : (sample.match(pattern)?.length ?? 0) / sample.length;
};
const plainShare = (text: string): number =>
  share(text, /[\t\n\r\u0020-\u007E\u00B0-\u00F7\u2000-\u27BF\u3000-\u303F\u4E00-\u9FFF\uFF00-\uFFEF\uFEFF]/g);
const lostShare = (text: string): number => share(text, /\uFFFD/g);
