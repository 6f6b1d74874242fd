/** Bytes of a text in GBK; what GBK does not have becomes `?`. Node decodes GBK but does not encode it. */
export function encodeGbk(text: string): Buffer {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else bytes.push(...(table().get(char) ?? [0x3f]));
  }
  return Buffer.from(bytes);
}

let known: ReadonlyMap<string, readonly [number, number]> | undefined;
function table(): ReadonlyMap<string, readonly [number, number]> {
  if (known) return known;
  const decoder = new TextDecoder('gbk');
  const made = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if ([...char].length === 1 && char !== '\uFFFD' && !made.has(char)) made.set(char, [lead, trail]);
    }
  known = made;
  return made;
}
