/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Throws RangeError unless `text` is the one standard spelling of its bytes: a changed letter never goes unnoticed. */
export function fromBase64(text: string): Uint8Array {
  let raw: string;
  try {
    raw = atob(text);
  } catch {
    throw new RangeError('not base64');
  }
  if (btoa(raw) !== text) throw new RangeError('base64 in an unusual spelling');
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}
