import { type PlainDate, parsePlainDate } from './plain-date.ts';

/** GB 11643-1999: weights of the first 17 positions and the check character by sum mod 11. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

export type Sex = 'male' | 'female';

export type IdNumberProblem = 'length' | 'characters' | 'birth-date' | 'check-character';

export type IdNumberCheck =
  | {
      readonly valid: true;
      /** 18 characters, capital X: the form that is stored and indexed. */
      readonly normalised: string;
      readonly birthDate: PlainDate;
      readonly sex: Sex;
      readonly divisionCode: string;
    }
  | { readonly valid: false; readonly problem: IdNumberProblem };

/** The check character of the first 17 digits. */
export const idNumberCheckCharacter = (first17: string): string => {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
};

const refuse = (problem: IdNumberProblem): IdNumberCheck => ({ valid: false, problem });

/**
 * Checks an ID number of 18 or (old form) 15 characters. The division code is not looked up: codes are abolished and
 * renamed, and a person keeps the number given at birth.
 */
export const checkIdNumber = (text: string): IdNumberCheck => {
  const given = text.trim().toUpperCase();
  if (given.length !== 18 && given.length !== 15) return refuse('length');
  if (!(given.length === 18 ? /^\d{17}[\dX]$/ : /^\d{15}$/).test(given)) return refuse('characters');
  const first17 = given.length === 18 ? given.slice(0, 17) : `${given.slice(0, 6)}19${given.slice(6)}`;
  const birthDate = parsePlainDate(`${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`);
  if (!birthDate) return refuse('birth-date');
  const normalised = first17 + idNumberCheckCharacter(first17);
  if (given.length === 18 && given !== normalised) return refuse('check-character');
  const sex = Number(first17[16]) % 2 === 1 ? 'male' : 'female';
  return { valid: true, normalised, birthDate, sex, divisionCode: first17.slice(0, 6) };
};

/** 440106199001010013 -> 4401**********0013: the province and city stay, so does the end that people read out. */
export const maskIdNumber = (idNumber: string): string =>
  idNumber.length <= 8
    ? '*'.repeat(idNumber.length)
    : idNumber.slice(0, 4) + '*'.repeat(idNumber.length - 8) + idNumber.slice(-4);

/** How many characters a masked name hides at most: a long one must not be told by its length, nor push a table apart. */
const MOST_MASKED = 3;

/** 张三丰 -> 张**. Surrogate pairs (rare characters) count as one. */
export const maskName = (name: string): string => {
  const characters = [...name.trim()];
  const [first = ''] = characters;
  return first + '*'.repeat(Math.min(MOST_MASKED, Math.max(1, characters.length - 1)));
};

/** One spelling per name for storing and for the search index: NFC, no outer spaces, inner runs of space as one. */
export const normaliseName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ');
