// Private windows and locked-down phones throw on any touch of localStorage; remembering is a comfort, not a need.

/** Reads what this device remembers under a key; null when nothing or when storage is refused. */
export function recall(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** Remembers a value on this device, or forgets it when null; does nothing when storage is refused. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) globalThis.localStorage?.removeItem(key);
    else globalThis.localStorage?.setItem(key, value);
  } catch {
    // Refused: the choice lasts until the page is closed.
  }
}
