import { BUCKET_COUNT, bucketOf, type Interval } from '@antu/domain';
import pg from 'pg';
import type { Pool } from '../../platform/database/pool.ts';
import { AppError } from '../../platform/errors.ts';
import { type Advanced, advanceSession, untouched, type Wish } from './advance-session.ts';
import { findOverlaps } from './find-overlaps.ts';
import { type GenerationCache, generationCache } from './generation-cache.ts';
import { type LiveSession, loadLiveSessions } from './live-session.ts';
import { type Change, writeChanges } from './write-changes.ts';
import { WriteGroup } from '../../platform/write-group.ts';

/** A wish of a person about a session; without a session: about whichever runs. */
export type WishOf = { personId: string; sessionId: string | null; wish: Wish };

export type BeatWriter = {
  /**
   * Takes a wish into account and resolves once that is committed, with the session as it then is; undefined if the
   * session does not run (any more).
   */
  submit(request: WishOf): Promise<LiveSession | undefined>;
  /** What is known of a person's session is out of date. */
  forget(personId: string): void;
  /** Resolves when everything submitted is committed. */
  drain(): Promise<void>;
};

export type BeatWriterOptions = {
  pool: Pool;
  /** How many queues with a statement of their own; a bucket belongs to one of them. */
  groups: number;
  /** How long requests are collected into one commit. */
  windowMs: number;
};

type Item = WishOf & {
  attempts: number;
  resolve(session: LiveSession | undefined): void;
  reject(error: unknown): void;
};

type Plan = { before: LiveSession; after: Advanced; items: Item[]; outcomes: LiveSession[] };

/** More people than study at one instance at a time; forgetting one costs one SELECT. */
const CACHED_SESSIONS = 60_000;
const MOST_ATTEMPTS = 8;

/** Collects requests and commits them together (design, section 3: writes that arrive by the thousand). */
export function createBeatWriter(options: BeatWriterOptions): BeatWriter {
  const cache = generationCache<LiveSession>(CACHED_SESSIONS);
  const groups = Array.from(
    { length: Math.min(options.groups, BUCKET_COUNT) },
    () => new WriteGroup<Item>((batch) => runBatch(options.pool, cache, batch), options.windowMs),
  );
  return {
    submit: ({ personId, sessionId, wish }) =>
      new Promise((resolve, reject) => {
        const group = groups[bucketOf(personId) % groups.length];
        group?.add({ personId, sessionId, wish, attempts: 0, resolve, reject });
      }),
    forget: (personId) => cache.delete(personId),
    drain: async () => {
      await Promise.all(groups.map((group) => group.drain()));
    },
  };
}

/** Commits a batch and answers its items. Never throws. Returns the items to try again: somebody else moved their row. */
async function runBatch(pool: Pool, cache: GenerationCache<LiveSession>, batch: readonly Item[]): Promise<Item[]> {
  const byPerson = Map.groupBy(batch, (item) => item.personId);
  let plans: Plan[];
  try {
    const sessions = await findSessions(pool, cache, byPerson);
    plans = await planAll(pool, byPerson, sessions);
  } catch (error) {
    for (const item of batch) item.reject(asAnswer(error));
    return [];
  }
  const again: Item[] = [];
  const settle = (written: ReadonlySet<string>, settled: readonly Plan[]) => {
    for (const plan of settled) {
      const { personId } = plan.before;
      if (isUnchanged(plan) || written.has(personId)) {
        remember(cache, plan);
        for (const [index, item] of plan.items.entries()) item.resolve(plan.outcomes[index]);
      } else {
        cache.delete(personId);
        again.push(...plan.items.filter(triesAgain));
      }
    }
  };
  const changed = plans.filter((plan) => !isUnchanged(plan));
  try {
    settle(new Set(), plans.filter(isUnchanged));
    if (changed.length > 0) settle(await writeChanges(pool, changed.map(toChange)), changed);
  } catch (error) {
    for (const { before } of changed) cache.delete(before.personId);
    if (isFaultOfARow(error)) await oneByOne(pool, changed, settle);
    else for (const item of changed.flatMap((plan) => plan.items)) item.reject(asAnswer(error));
  }
  return again;
}

/** What one row did wrong must not fail the others. A change that was committed already loses by its version. */
async function oneByOne(
  pool: Pool,
  plans: readonly Plan[],
  settle: (written: ReadonlySet<string>, settled: readonly Plan[]) => void,
): Promise<void> {
  for (const plan of plans) {
    try {
      settle(await writeChanges(pool, [toChange(plan)]), [plan]);
    } catch (error) {
      const isLast = !isTransient(error);
      for (const item of plan.items) if (isLast) item.reject(asAnswer(error));
      if (!isLast) settle(new Set(), [plan]);
    }
  }
}

async function findSessions(
  pool: Pool,
  cache: GenerationCache<LiveSession>,
  byPerson: ReadonlyMap<string, readonly Item[]>,
): Promise<Map<string, LiveSession>> {
  const sessions = new Map<string, LiveSession>();
  const missing: { bucket: number; personId: string }[] = [];
  for (const [personId, items] of byPerson) {
    const known = cache.get(personId);
    // Another session than the one known may have been opened through another instance.
    if (known && items.every((item) => item.sessionId === null || item.sessionId === known.sessionId)) {
      sessions.set(personId, known);
    } else {
      missing.push({ bucket: bucketOf(personId), personId });
    }
  }
  if (missing.length > 0) {
    for (const [personId, session] of await loadLiveSessions(pool, missing)) sessions.set(personId, session);
  }
  return sessions;
}

async function planAll(
  pool: Pool,
  byPerson: ReadonlyMap<string, Item[]>,
  sessions: ReadonlyMap<string, LiveSession>,
): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const [personId, items] of byPerson) {
    const plan = planSafely(sessions.get(personId), items, []);
    if (plan) plans.push(plan);
  }
  const claims = plans.flatMap(({ before, after }) =>
    after.ledger.map((entry) => ({
      bucket: before.bucket,
      personId: before.personId,
      sessionId: before.sessionId,
      fromMs: entry.startedAtMs,
      toMs: entry.endedAtMs,
    })),
  );
  const overlaps = await findOverlaps(pool, claims);
  if (overlaps.size === 0) return plans;
  return plans.flatMap((plan) => {
    const others = overlaps.get(plan.before.personId);
    return others ? (planSafely(plan.before, plan.items, others) ?? []) : plan;
  });
}

/** Applies the wishes of one person in order of arrival; answers at once those that concern no running session. */
function planSafely(
  session: LiveSession | undefined,
  items: readonly Item[],
  others: readonly Interval[],
): Plan | undefined {
  const own: Item[] = [];
  for (const item of items) {
    if (session && (item.sessionId === null || item.sessionId === session.sessionId)) own.push(item);
    else item.resolve(undefined);
  }
  if (!session || own.length === 0) return undefined;
  try {
    let after = untouched(session);
    const outcomes = own.map((item) => {
      after = advanceSession(after, item.wish, others);
      return after.session;
    });
    return { before: session, after, items: own, outcomes };
  } catch (error) {
    for (const item of own) item.reject(asAnswer(error));
    return undefined;
  }
}

const toChange = ({ before, after }: Plan): Change => ({ before, after });

function isUnchanged({ before, after }: Plan): boolean {
  return after.session === before;
}

function remember(cache: GenerationCache<LiveSession>, plan: Plan): void {
  const { personId, version } = plan.before;
  const { session } = plan.after;
  if (session.state.ended) cache.delete(personId);
  else cache.set(personId, isUnchanged(plan) ? session : { ...session, version: version + 1 });
}

function triesAgain(item: Item): boolean {
  item.attempts += 1;
  if (item.attempts < MOST_ATTEMPTS) return true;
  item.reject(new AppError('platform.conflict'));
  return false;
}

/** Data that a table refuses, or a lock that several writers wait for in a circle. */
function isFaultOfARow(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(22|23|40)/.test(error.code ?? '');
}

function isTransient(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code ?? '').startsWith('40');
}

/** A database that is away comes back: the player keeps its reports and sends them again. */
function asAnswer(error: unknown): unknown {
  if (error instanceof AppError || error instanceof RangeError) return error;
  if (error instanceof pg.DatabaseError && !/^(08|53|57)/.test(error.code ?? '')) return error;
  return new AppError('platform.not_ready', {}, { cause: error });
}
