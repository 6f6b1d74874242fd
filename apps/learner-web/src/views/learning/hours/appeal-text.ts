/** Bounds of the text of an appeal, as the server keeps them. */
export const LEAST_LETTERS = 5;
export const MOST_LETTERS = 500;

/** Letters that are left for the learner's own words when the appeal names what it is about. */
export function lettersLeft(about: string): number {
  return MOST_LETTERS - about.length - 1;
}

/** The text that is sent: what it is about on the first line, so that whoever answers knows the stretch, then the words. */
export function appealText(about: string, words: string): string {
  return `${about}\n${words.trim()}`;
}

/** Whether the words alone say enough. */
export function saysEnough(words: string): boolean {
  return words.trim().length >= LEAST_LETTERS;
}
