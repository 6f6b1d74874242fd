/** Letters that printers and keyboards set differently and nobody tells apart: spaces, and the dot in names of minorities. */
const SPACES = /\s/g;
const DOTS = /[·•‧∙・･.]/g;

/** Whether a typed name is the printed one. Width of letters, spaces, dots and case do not matter; anything else does. */
export function isPrintedName(typed: string, printed: string): boolean {
  return plainName(typed) === plainName(printed) && plainName(printed) !== '';
}

const plainName = (name: string): string =>
  name.normalize('NFKC').replaceAll(SPACES, '').replaceAll(DOTS, '·').toUpperCase();
