/** GB 32100-2015: digits and capital letters without I, O, S, V and Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** GB 11714: weights of the organisation code inside. */
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export type UsccProblem = 'length' | 'characters' | 'check-character';
export type UsccCheck =
  | {
      readonly valid: true;
      readonly normalised: string;
      readonly divisionCode: string;
      /** Whether the organisation code inside has its own right check digit; told, not demanded. */
      readonly organisationCodeValid: boolean;
    }
  | { readonly valid: false; readonly problem: UsccProblem };

/** The check character of the first 17 characters of a unified social credit code. */
export const usccCheckCharacter = (first17: string): string => {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * ALPHABET.indexOf(first17.charAt(at)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
};

/** The check digit of the first 8 characters of an organisation code (GB 11714). */
export const organisationCodeCheckCharacter = (first8: string): string => {
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, at) => total + weight * ORGANISATION_ALPHABET.indexOf(first8.charAt(at)),
    0,
  );
  const rest = 11 - (sum % 11);
  if (rest === 10) return 'X';
  return rest === 11 ? '0' : String(rest);
};

/** Checks a unified social credit code (统一社会信用代码). */
export const checkUscc = (text: string): UsccCheck => {
  const given = text.trim().toUpperCase();
  if (given.length !== 18) return { valid: false, problem: 'length' };
  if ([...given].some((character) => !ALPHABET.includes(character)) || !/^\d{6}$/.test(given.slice(2, 8))) {
    return { valid: false, problem: 'characters' };
  }
  if (usccCheckCharacter(given.slice(0, 17)) !== given[17]) return { valid: false, problem: 'check-character' };
  const organisationCodeValid = organisationCodeCheckCharacter(given.slice(8, 16)) === given[16];
  return { valid: true, normalised: given, divisionCode: given.slice(2, 8), organisationCodeValid };
};
