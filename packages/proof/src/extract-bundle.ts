/** First bytes of every bundle as the server writes it: canonical JSON begins with its first member. */
const BEGIN = '{"format":"antu-proof-v1"';
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The bundle in a file that somebody dropped: the bundle itself, or a PDF that has it attached. Undefined if there is none.
 * The attachment is looked for by its content, so that a damaged table of the PDF does not hide it.
 */
export async function extractBundle(file: Uint8Array): Promise<unknown> {
  if (file.length > MOST_BYTES) return undefined;
  const text = latin(file);
  if (!text.startsWith('%PDF-')) return parse(file);
  for (const match of text.matchAll(/stream\r?\n/g)) {
    if (text.slice(match.index - 3, match.index) === 'end') continue;
    const from = match.index + match[0].length;
    const to = text.indexOf('endstream', from);
    if (to < 0) break;
    const bytes = file.subarray(from, to);
    const found = text.startsWith(BEGIN, from) ? parse(bytes) : parse(await inflate(bytes));
    if (found !== undefined) return found;
  }
  return undefined;
}

function parse(bytes: Uint8Array | undefined): unknown {
  if (!bytes) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'format' in value ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Inflates as far as it goes: what follows the compressed data in the PDF is no error here. Undefined if it is not compressed so. */
async function inflate(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  if (bytes[0] === undefined || (bytes[0] & 0x0f) !== 8) return undefined;
  const parts: Uint8Array[] = [];
  try {
    const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream('deflate'));
    for (const reader = stream.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      if (parts.length === 1 && !latin(value).startsWith(BEGIN)) return undefined;
    }
  } catch {
    // The line break before "endstream" counts as bytes too many.
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
