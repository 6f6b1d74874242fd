import { optionKeys, type OptionKey } from '../question.ts';
import { toHalfWidth } from './clean-text.ts';

export interface FoundOptions {
  /** What stands before the first option. */
  readonly before: string;
  readonly options: readonly (readonly [OptionKey, string])[];
}

interface Mark {
  readonly at: number;
  readonly end: number;
}

/** A letter with a sign after it, at the beginning of a line. */
const atStart = /^\(?([A-Ia-i])\)?\s*[、.:)]\s*|^\(([A-I])\)\s*|^([A-I])\s+(?=\S)/;

/**
 * Options of a line that begins with one; several on a line are told apart by their letters being in order.
 * Null where the line does not begin with an option. A letter behind H is given as it is by `beyond`.
 */
export function readOptionLine(text: string): (FoundOptions & { readonly beyond: boolean }) | null {
  const half = toHalfWidth(text);
  const found = atStart.exec(half);
  if (!found) return null;
  const letter = (found[1] ?? found[2] ?? found[3] ?? '').toUpperCase();
  const first = optionKeys.find((key) => key === letter);
  if (!first) return { before: '', options: [], beyond: true };
  return { ...cut(text, half, first, { at: 0, end: found[0].length }), beyond: false };
}

/** Options in the line of the stem: there must be an A and a B behind it. */
export function findInlineOptions(text: string): FoundOptions | null {
  const half = toHalfWidth(text);
  let from = 0;
  for (;;) {
    const first = findMark(half, 'A', from);
    if (!first) return null;
    if (findMark(half, 'B', first.end)) return cut(text, half, 'A', first);
    from = first.end;
  }
}

function cut(text: string, half: string, first: OptionKey, mark: Mark): FoundOptions {
  const marks: { key: OptionKey; mark: Mark }[] = [{ key: first, mark }];
  for (const key of optionKeys.slice(optionKeys.indexOf(first) + 1)) {
    const next = findMark(half, key, marks.at(-1)?.mark.end ?? 0);
    if (!next) break;
    marks.push({ key, mark: next });
  }
  return {
    before: text.slice(0, mark.at).trim(),
    options: marks.map(({ key, mark: { end } }, index) => [
      key,
      text
        .slice(end, marks[index + 1]?.mark.at ?? text.length)
        .replace(/[；;]\s*$/, '')
        .trim(),
    ]),
  };
}

/** The next place where this letter begins an option: behind a space or a sign, with a sign behind it. */
function findMark(half: string, key: OptionKey, from: number): Mark | null {
  const pattern = new RegExp(
    `(?<=[\\s;,。、?)】_]|^)\\(?${key}\\)?\\s*[、.:)]\\s*|(?<=[\\u4e00-\\u9fff\\d%])${key}\\s*[、.:]\\s*|(?<=\\s{2}|\\t)${key}\\s+(?=\\S)`,
    'g',
  );
  pattern.lastIndex = from;
  const found = pattern.exec(half);
  return found ? { at: found.index, end: found.index + found[0].length } : null;
}
