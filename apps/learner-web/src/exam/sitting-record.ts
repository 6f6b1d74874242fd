import type { SittingPaper } from '@antu/contract';
import type { Answer } from '@antu/domain';
import type { PageEvent } from './sitting-transport.ts';

/** An answer as it stands on this device. */
export interface Entry {
  answer: Answer;
  /** Server time when it was given, ms since 1970. */
  givenMs: number;
  /** Running number of this change; the last one that the server has acknowledged. Equal = saved. */
  change: number;
  ackedChange: number;
}
/** A request that may have arrived: it is repeated unchanged until there is an answer. */
export interface Parcel {
  seq: number;
  answers: { item: number; answer: Answer; givenMs: number; change: number }[];
}
/** Everything that this device must not forget about a sitting. */
export interface SittingRecord {
  /** Account that sat here; null where that was not known. */
  owner: string | null;
  /** Under which name this device saved last. */
  deviceToken: string | null;
  /** Last number given to a request. */
  seq: number;
  changes: number;
  entries: Record<string, Entry>;
  sent: Parcel | null;
  events: { kind: PageEvent; atMs: number }[];
  flags: number[];
  /** Item on screen. */
  at: number;
  /** Server time and device clock of one moment: the best there is when the page opens without a network. */
  clock: { serverMs: number; deviceMs: number } | null;
}

/** Where records are kept. Writes say whether they will be there after the page is closed. */
export interface Keeper {
  read(key: string): string | null;
  write(key: string, value: string | null): boolean;
  keys(): string[];
}

const PREFIX = 'antu.sitting.';
/** Papers left behind by sittings that ended elsewhere do not stay on the device. */
const STALE_MS = 2 * 86_400_000;
const EPOCH_MS = Date.UTC(2026, 0, 1);

const recordKey = (sittingId: string) => `${PREFIX}${sittingId}`;
const paperKey = (sittingId: string) => `${PREFIX}${sittingId}.paper`;

/**
 * A record for a sitting that this device knows nothing of. Numbers begin at the seconds since 2026, so that they lie above
 * those of a record that was lost on the way: a number used twice would be answered as the first.
 */
export function newRecord(owner: string | null, deviceMs: number): SittingRecord {
  const seq = Math.max(0, Math.floor((deviceMs - EPOCH_MS) / 1000));
  return {
    owner,
    deviceToken: null,
    seq,
    changes: 0,
    entries: {},
    sent: null,
    events: [],
    flags: [],
    at: 0,
    clock: null,
  };
}

/** What this device knows of the sitting; null when nothing, or when it was another person's. */
export function readRecord(keeper: Keeper, sittingId: string, owner: string | null): SittingRecord | null {
  const kept = parse<SittingRecord>(keeper.read(recordKey(sittingId)));
  if (!kept || (owner !== null && kept.owner !== null && kept.owner !== owner)) return null;
  return { ...kept, owner: owner ?? kept.owner };
}
export const writeRecord = (keeper: Keeper, sittingId: string, record: SittingRecord): boolean =>
  keeper.write(recordKey(sittingId), JSON.stringify(record));

/** The paper as it was handed out here, to go on without a network. */
export const readPaper = (keeper: Keeper, sittingId: string): SittingPaper | null =>
  parse<SittingPaper>(keeper.read(paperKey(sittingId)));
export const writePaper = (keeper: Keeper, sittingId: string, paper: SittingPaper): boolean =>
  keeper.write(paperKey(sittingId), JSON.stringify(paper));

/** The sitting is over and everything delivered: nothing of it stays here. */
export function forget(keeper: Keeper, sittingId: string): void {
  keeper.write(recordKey(sittingId), null);
  keeper.write(paperKey(sittingId), null);
}

/** Removes papers of other sittings that nobody came back to. */
export function forgetStale(keeper: Keeper, deviceMs: number): void {
  for (const key of keeper.keys().filter((one) => one.startsWith(PREFIX) && !one.endsWith('.paper'))) {
    const record = parse<SittingRecord>(keeper.read(key));
    if (!record || deviceMs - (record.clock?.deviceMs ?? 0) > STALE_MS) forget(keeper, key.slice(PREFIX.length));
  }
}

function parse<T>(text: string | null): T | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null; // Cut off by a device that lost its power: the server has what it acknowledged.
  }
}

/** The browser's own store; without one (private windows) memory, which says that it will not last. */
export function deviceKeeper(): Keeper {
  const memory = new Map<string, string>();
  return {
    read(key) {
      try {
        return localStorage.getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    write(key, value) {
      if (value === null) memory.delete(key);
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
        return true;
      } catch {
        if (value !== null) memory.set(key, value);
        return false;
      }
    },
    keys() {
      try {
        return [...Array(localStorage.length).keys()].map((at) => localStorage.key(at) ?? '');
      } catch {
        return [...memory.keys()];
      }
    },
  };
}
