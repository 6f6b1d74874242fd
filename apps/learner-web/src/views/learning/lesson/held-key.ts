const KNOWN = ['seek-ahead', 'too-fast', 'network-gap', 'daily-cap', 'media-missing'] as const;

/** Text key of a reason to hold; `other` for one that this app has no words for. */
export function heldKey(reason: string | null): (typeof KNOWN)[number] | 'other' {
  return KNOWN.find((one) => one === reason) ?? 'other';
}
