import { bucketOf } from '@antu/domain';
import type { Clock } from '../../../platform/clock.ts';
import type { Pool } from '../../../platform/database/pool.ts';
import { generationCache } from '../generation-cache.ts';
import { limitsOfRuleSet } from '../live-session.ts';

/** How a session stands to a person who fetches media for it. */
export type Standing =
  | { state: 'running' /** Only what was sent to it is creditable. */; asksDelivery: boolean }
  | { state: 'over' }
  | { state: 'foreign' };

export type RunningSessions = {
  find(personId: string, sessionId: string): Promise<Standing>;
  /** Somebody has just seen it running: believe it for another while. */
  confirm(personId: string, sessionId: string): void;
  /** Somebody has just seen that it does not run. */
  end(personId: string, sessionId: string): void;
};

/**
 * How long a session is believed to run. Nothing is credited by that: every note of what was sent goes to the running row
 * itself and is refused if there is none.
 */
const KEEP_MS = 10_000;
const REMEMBERED = 60_000;

type Kept = { untilMs: number; standing: Promise<Standing> };

/** Thousands of players ask for a segment every four seconds: the database is asked once for many of them. */
export function runningSessions(pool: Pool, clock: Clock): RunningSessions {
  const cache = generationCache<Kept>(REMEMBERED);
  return {
    find(personId, sessionId) {
      const key = personId + sessionId;
      const kept = cache.get(key);
      if (kept && kept.untilMs > clock.nowMs()) return kept.standing;
      const standing = read(pool, personId, sessionId);
      cache.set(key, { untilMs: clock.nowMs() + KEEP_MS, standing });
      standing.then(
        // A session that is over does not begin again, and does not change hands.
        ({ state }) => state !== 'running' && cache.set(key, { untilMs: Number.POSITIVE_INFINITY, standing }),
        () => cache.delete(key),
      );
      return standing;
    },
    confirm(personId, sessionId) {
      const kept = cache.get(personId + sessionId);
      if (kept) kept.untilMs = Math.max(kept.untilMs, clock.nowMs() + KEEP_MS);
    },
    end(personId, sessionId) {
      const standing = Promise.resolve<Standing>({ state: 'over' });
      cache.set(personId + sessionId, { untilMs: Number.POSITIVE_INFINITY, standing });
    },
  };
}

async function read(pool: Pool, personId: string, sessionId: string): Promise<Standing> {
  const { rows } = await pool.query<{ person_id: string; rule_set_id: string | null }>(
    `select s.person_id, l.rule_set_id
     from study_session s
     left join live_study_session l on l.bucket = s.bucket and l.person_id = s.person_id and l.session_id = s.id
     where s.bucket = $1 and s.id = $2`,
    [bucketOf(sessionId), sessionId],
  );
  const [row] = rows;
  if (row?.person_id !== personId) return { state: 'foreign' };
  if (row.rule_set_id === null) return { state: 'over' };
  return { state: 'running', asksDelivery: limitsOfRuleSet(row.rule_set_id).mediaDelivery };
}
