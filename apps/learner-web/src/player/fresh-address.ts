/**
 * The same list under another address, for a player that must fetch again what the browser already holds: everything that
 * the list names gets another address with it. The server ignores the number.
 * @param turn 1, 2, 3 …
 */
export function freshAddress(playlistUrl: string, turn: number): string {
  return playlistUrl.replace(/(\/study-media\/[^/~]+)(?:~\d+)?(?=\/)/, `$1~${turn}`);
}
