/** Signs that no text of a question may hold: control characters but tab and line feed, and marks of byte order. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const forbidden = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\uFEFF\uFFFE\uFFFF]/g;

/** A text as the bank keeps it: lines end with `\n`, no control characters, no half characters, no space around. */
export const cleanText = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll(forbidden, '')
    .toWellFormed()
    .trim();

/**
 * Full-width letters, digits, signs and spaces as half-width ones. Every character stays one character, so that a place in the
 * result is the same place in the text.
 */
export const toHalfWidth = (text: string): string =>
  text.replaceAll(/[\uFF01-\uFF5E\u3000\u00A0]/g, (char) =>
    char === '\u3000' || char === '\u00A0' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );

/** One text of a list: `\` protects the separators, itself and line feeds, so that `splitList` gives back exactly the same texts. */
export const escapeText = (text: string, separator = ''): string => {
  let escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  for (const char of separator) escaped = escaped.replaceAll(char, `\\${char}`);
  return escaped;
};

/** The text before `escapeText`. A `\` before any other character stays what it is: people write paths. */
export const unescapeText = (text: string, separators = ''): string => splitEscaped(text, '', separators)[0] ?? '';

/** Texts between any of the separators, without empty ones, trimmed. */
export const splitList = (text: string, separators: string): readonly string[] =>
  splitEscaped(text, separators, separators)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function splitEscaped(text: string, separators: string, protectable: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    const last = parts.length - 1;
    if (char === '\\' && next !== '' && (next === '\\' || next === 'n' || protectable.includes(next))) {
      parts[last] += next === 'n' ? '\n' : next;
      at += 1;
    } else if (separators.includes(char)) parts.push('');
    else parts[last] += char;
  }
  return parts;
}
