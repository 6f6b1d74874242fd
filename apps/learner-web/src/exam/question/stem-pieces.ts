/** A piece of a stem: words, or the blank of this number (from 1). */
export type StemPiece = { readonly words: string } | { readonly blank: number };

/** A blank is four underscores or more, as in the question bank. */
const BLANK = /_{4,}/;

/** Cuts the stem of a fill-in question at its blanks, so that each can be numbered on screen. */
export function stemPieces(stem: string): StemPiece[] {
  return stem
    .split(BLANK)
    .flatMap((words, at): StemPiece[] => (at === 0 ? [{ words }] : [{ blank: at }, { words }]))
    .filter((piece) => 'blank' in piece || piece.words !== '');
}
