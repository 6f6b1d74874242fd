/** A page of ours to go back to; null for anything else. */
export function cameFrom(from: unknown): string | null {
  return typeof from === 'string' && /^\/(?![/\\])/.test(from) ? from : null;
}
