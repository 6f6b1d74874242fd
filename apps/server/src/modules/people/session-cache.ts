import type { PoolClient } from 'pg';
import type { Platform } from '../../platform/module.ts';
import type { Actor } from '../../platform/http/actor.ts';
import { loadActor } from './load-actor.ts';
import { csrfTokenOf, type SessionKey, sessionKeyOf } from './session-token.ts';
import { ACCESS_CHANNEL } from './sessions.ts';

interface Remembered {
  readonly key: SessionKey;
  readonly actor: Actor;
  readonly idleMs: number;
  readonly expiresAtMs: number;
  readonly readAtMs: number;
  lastSeenMs: number;
  /** What the database knows. */
  savedSeenMs: number;
}

/** How long an entry is believed while changes are being heard, and while they are not. */
const HEARD_MS = 300_000;
const UNHEARD_MS = 5_000;
/** Activity is written down when the database is this far behind, in one statement for all sessions. */
const SAVE_AFTER_MS = 60_000;
const FLUSH_EVERY_MS = 5_000;
const RELISTEN_AFTER_MS = 3_000;
const MAX_ENTRIES = 200_000;

/**
 * What this process remembers of open sessions, so that a heartbeat costs no read. Sign-outs, disabled accounts and
 * changed roles are announced through LISTEN/NOTIFY and forgotten at once on every instance; while the announcements
 * cannot be heard, nothing is believed for longer than five seconds.
 */
export class SessionCache {
  readonly #platform: Platform;
  /** By the token itself: hashing it anew would be a twentieth of what a heartbeat costs. It leaves this process nowhere. */
  readonly #entries = new Map<string, Remembered>();
  readonly #touched = new Set<Remembered>();
  #listener: PoolClient | undefined;
  #flushTimer: NodeJS.Timeout | undefined;
  #listenTimer: NodeJS.Timeout | undefined;
  #stopped = true;
  /** Counts announcements: what was being read while one came in is not kept. */
  #announcements = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Begins to hear announcements and to write activity down. */
  async start(): Promise<void> {
    this.#stopped = false;
    this.#flushTimer = setInterval(() => void this.flush(), FLUSH_EVERY_MS);
    this.#flushTimer.unref();
    await this.#listen();
  }

  /** Writes down the last activity and gives the connection back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#flushTimer);
    clearTimeout(this.#listenTimer);
    await this.flush();
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.removeAllListeners('notification');
    listener?.release(true);
  }

  /**
   * Who holds the token, or undefined if its session is unknown, unfinished, idle too long or over; at once if it is remembered.
   * @param counts false for requests a page makes by itself: they do not keep a session alive
   */
  findActor(token: string, counts: boolean): Actor | undefined | Promise<Actor | undefined> {
    const nowMs = this.#platform.clock.nowMs();
    const known = this.#entries.get(token);
    const believedMs = this.#listener ? HEARD_MS : UNHEARD_MS;
    if (known && nowMs - known.readAtMs < believedMs) return this.#use(token, known, nowMs, counts);
    return this.#read(token, nowMs, known).then((entry) => entry && this.#use(token, entry, nowMs, counts));
  }

  #use(token: string, entry: Remembered, nowMs: number, counts: boolean): Actor | undefined {
    if (nowMs >= entry.expiresAtMs || nowMs - entry.lastSeenMs >= entry.idleMs) {
      this.#entries.delete(token);
      return undefined;
    }
    if (counts && nowMs > entry.lastSeenMs) {
      entry.lastSeenMs = nowMs;
      if (nowMs - entry.savedSeenMs >= SAVE_AFTER_MS) this.#touched.add(entry);
    }
    return entry.actor;
  }

  async #read(token: string, nowMs: number, known: Remembered | undefined) {
    const key = sessionKeyOf(token);
    if (!key) return undefined;
    const before = this.#announcements;
    const loaded = await loadActor(this.#platform.pool, key, csrfTokenOf(token));
    if (!loaded) {
      this.#entries.delete(token);
      return undefined;
    }
    const entry: Remembered = {
      key,
      actor: loaded.actor,
      idleMs: loaded.idleSeconds * 1000,
      expiresAtMs: loaded.expiresAtMs,
      readAtMs: nowMs,
      // Another instance may have seen the person too; what this one saw and has not written yet counts as well.
      lastSeenMs: Math.max(loaded.lastSeenMs, known?.lastSeenMs ?? 0),
      savedSeenMs: loaded.lastSeenMs,
    };
    if (before === this.#announcements) {
      if (this.#entries.size >= MAX_ENTRIES) this.#entries.clear();
      this.#entries.set(token, entry);
    }
    return entry;
  }

  /** Forgets the sessions of an account; they are read anew when next used. */
  forget(accountId: string): void {
    this.#announcements += 1;
    for (const [token, { actor }] of this.#entries) if (actor.accountId === accountId) this.#entries.delete(token);
  }

  /** Writes activity of all touched sessions in one statement, rows in key order so that instances cannot deadlock. */
  async flush(): Promise<void> {
    if (this.#touched.size === 0) return;
    const entries = [...this.#touched];
    this.#touched.clear();
    try {
      await this.#platform.pool.query(
        `with seen as (
           select * from unnest($1::smallint[], $2::bytea[], $3::timestamptz[]) as s (bucket, token_hash, at)
         ), locked as (
           select l.bucket, l.token_hash, seen.at from login_session l join seen using (bucket, token_hash)
           order by l.bucket, l.token_hash for no key update of l
         )
         update login_session l set last_seen_at = greatest(l.last_seen_at, locked.at)
         from locked where l.bucket = locked.bucket and l.token_hash = locked.token_hash`,
        [
          entries.map(({ key }) => key.bucket),
          entries.map(({ key }) => key.tokenHash),
          entries.map(({ lastSeenMs }) => new Date(lastSeenMs)),
        ],
      );
      for (const entry of entries) entry.savedSeenMs = entry.lastSeenMs;
    } catch (error) {
      for (const entry of entries) this.#touched.add(entry);
      this.#platform.log.warn({ err: error }, 'activity of sessions not written, trying again');
    }
  }

  async #listen(): Promise<void> {
    if (this.#stopped) return;
    try {
      const client = await this.#platform.pool.connect();
      client.on('notification', ({ payload }) => this.forget(payload ?? ''));
      client.once('error', () => this.#lostListener(client));
      client.once('end', () => this.#lostListener(client));
      await client.query(`listen ${ACCESS_CHANNEL}`);
      this.#listener = client;
      // What was announced before the connection stood went unheard.
      this.#announcements += 1;
      this.#entries.clear();
    } catch (error) {
      this.#platform.log.warn({ err: error }, 'access changes cannot be heard, trying again');
      this.#listenLater();
    }
  }

  #lostListener(client: PoolClient): void {
    if (this.#listener !== client) return;
    this.#listener = undefined;
    client.release(true);
    this.#listenLater();
  }

  #listenLater(): void {
    if (this.#stopped) return;
    this.#listenTimer = setTimeout(() => void this.#listen(), RELISTEN_AFTER_MS);
    this.#listenTimer.unref();
  }
}

const caches = new WeakMap<Platform, SessionCache>();

/** The one cache of a process for its platform. */
export function sessionCacheOf(platform: Platform): SessionCache {
  const present = caches.get(platform);
  if (present) return present;
  const made = new SessionCache(platform);
  caches.set(platform, made);
  return made;
}
