import { type BundleKey, extractBundle, fromBase64, parseCheckpoint } from '@antu/proof';

/** What the chosen files are, told by their content. */
export type SortedFiles = {
  bundle: unknown;
  keys: readonly BundleKey[] | undefined;
  oldCheckpoint: string | undefined;
  consistency: { oldSize: number; size: number; path: readonly string[] } | undefined;
};

export async function sortFiles(files: readonly Uint8Array[]): Promise<SortedFiles> {
  const sorted: SortedFiles = { bundle: undefined, keys: undefined, oldCheckpoint: undefined, consistency: undefined };
  for (const file of files) {
    const bundle = await extractBundle(file);
    if (bundle !== undefined) {
      sorted.bundle ??= bundle;
      continue;
    }
    const text = new TextDecoder().decode(file);
    if (isCheckpoint(text)) sorted.oldCheckpoint = text;
    const value = parse(text);
    sorted.keys ??= keysOf(value);
    if (isConsistency(value)) sorted.consistency = value;
  }
  return sorted;
}

/** The published list of keys, or its entries alone. */
export function keysOf(value: unknown): readonly BundleKey[] | undefined {
  const isList = Array.isArray(value);
  const list: unknown = typeof value === 'object' && value !== null && !isList && 'keys' in value ? value.keys : value;
  return Array.isArray(list) && list.length > 0 && list.every(isKey) ? list : undefined;
}

function isKey(value: unknown): value is BundleKey {
  if (typeof value !== 'object' || value === null) return false;
  const names = ['keyId', 'purpose', 'algorithm', 'publicKey'];
  const members: Record<string, unknown> = { ...value };
  return names.every((name) => typeof members[name] === 'string') && isBase64(String(members['publicKey']));
}

function isConsistency(value: unknown): value is NonNullable<SortedFiles['consistency']> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'oldSize' in value &&
    'size' in value &&
    'path' in value &&
    Array.isArray(value.path) &&
    value.path.every((step) => typeof step === 'string')
  );
}

function isCheckpoint(text: string): boolean {
  try {
    return parseCheckpoint(text).size >= 0;
  } catch {
    return false;
  }
}

function isBase64(text: string): boolean {
  try {
    return fromBase64(text).length > 0;
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
