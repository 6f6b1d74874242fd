const MIB = 1024 * 1024;

/** Sizes of imports: chosen for operation. A bank of 5,000 questions is a sheet of about 1 MiB. */
export const IMPORT_LIMITS = {
  fileMib: 20,
  fileBytes: 20 * MIB,
  questions: 5_000,
  /** Rows with something in them, over all sheets; a case takes several. */
  rows: 20_000,
  cells: 400_000,
  merges: 2_000,
  sharedChars: 20_000_000,
  zipEntries: 12_000,
  /** Of everything that is unfolded from one file. */
  unzippedBytes: 128 * MIB,
  /** How many bytes may come out of one, for entries of a size that hurts. */
  zipRatio: 200,
  zipRatioFromBytes: 2 * MIB,
  itemBytes: MIB,
  xmlDepth: 64,
  xmlNodes: 50_000,
  /** Of the process that reads: heap and time. */
  heapMib: 256,
  readMs: 60_000,
} as const;
