/** The least UUID of version 7 of a millisecond: `id >= floor(t)` means made at `t` or later. */
export function uuidv7Floor(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}
