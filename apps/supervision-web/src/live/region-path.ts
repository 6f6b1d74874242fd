import { isWithin } from './within.ts';

/** Codes from `scope` down to `code`: province, city, county, as GB/T 2260 nests them. */
export function regionPathOf(code: string, scope: string): string[] {
  const path = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code];
  return [...new Set(path)].filter((one) => isWithin(one, scope));
}
