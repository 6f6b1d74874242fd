/** The picture is looked at on a grid this coarse: where a head is, nothing more. */
export const GRID = { columns: 24, rows: 24 } as const;

/** Mean difference of brightness, of 255, from which on something moved; a hand that trembles stays below. */
const MOVED = 6;
/** Mean difference to the look before, below which the movement has come to rest. */
const AT_REST = 3.5;

export type Movement = 'none' | 'under-way' | 'done';

/**
 * Sees on the phone whether the asked movement has come to rest, so that quick people do not wait and slow ones are not cut
 * off. It only times the pictures; the server judges them by itself.
 */
export class MovementWatch {
  readonly #first: Uint8Array;
  #last: Uint8Array;
  #moved = false;

  /** @param first brightness on the grid when the movement was asked for */
  constructor(first: Uint8Array) {
    this.#first = first;
    this.#last = first;
  }

  /** Takes another look. @param now brightness on the same grid */
  look(now: Uint8Array): Movement {
    const fromStart = differenceOf(this.#first, now);
    const fromLast = differenceOf(this.#last, now);
    this.#last = now;
    if (fromStart >= MOVED) this.#moved = true;
    if (!this.#moved) return 'none';
    return fromLast < AT_REST ? 'done' : 'under-way';
  }
}

/** Mean difference after taking out what only became brighter or darker as a whole. */
function differenceOf(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  if (length === 0) return 0;
  let shift = 0;
  for (let at = 0; at < length; at += 1) shift += (other[at] ?? 0) - (one[at] ?? 0);
  shift /= length;
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += Math.abs((other[at] ?? 0) - (one[at] ?? 0) - shift);
  return sum / length;
}
