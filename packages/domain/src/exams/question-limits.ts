import { optionKeys } from './question.ts';

/** Sizes of a question: chosen for operation, so that it can be read on a telephone and printed. */
export const QUESTION_LIMITS = {
  stemChars: 2_000,
  files: 4,
  leastOptions: 2,
  mostOptions: optionKeys.length,
  optionChars: 500,
  leastRight: 2,
  blanks: 8,
  acceptedPerBlank: 10,
  acceptedChars: 100,
  parts: 10,
  clauseChars: 300,
  explanationChars: 2_000,
  posts: 20,
  postChars: 40,
  groupChars: 60,
} as const;

/** A blank to be filled in: four underscores or more. */
const BLANK = /_{4,}/g;

/** How many blanks a stem has. */
export const countBlanks = (stem: string): number => stem.match(BLANK)?.length ?? 0;
