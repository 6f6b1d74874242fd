/** Whether a region lies in another one or is it, by the nesting of GB/T 2260 codes. */
export function isWithin(code: string, scope: string): boolean {
  const prefix = scope.replace(/(00)+$/, '');
  return code.startsWith(prefix);
}
