import type { EndReason } from '@antu/domain';
import { earns } from '@antu/domain';
import type { Pool } from '../../platform/database/pool.ts';
import { advanceSession, endingOf, untouched, type Wish } from './advance-session.ts';
import { findOverlaps } from './find-overlaps.ts';
import { findLiveSessions, type LiveSession } from './live-session.ts';
import { SILENCE_MARGIN_MS } from './open-session.ts';
import { writeChanges } from './write-changes.ts';

/** A player that stands, reports and is not touched for this long was forgotten in some tab. */
export const IDLE_MS = 30 * 60_000;
const BATCH = 200;

/** Silent, unanswered, idle, or the person has signed out everywhere. The rules decide; this only finds candidates. */
const candidate = `
  (l.last_beat_at < to_timestamp($1::double precision / 1000) - interval '60 seconds'
   or (l.opened_at < to_timestamp($1::double precision / 1000) - interval '30 minutes'
       and (l.state::json ->> 'presenceAtMs')::bigint < $1::bigint - ${IDLE_MS})
   or not exists (
     select from account a join login_session s on s.bucket = a.bucket and s.account_id = a.id
     where a.bucket = l.bucket and a.person_id = l.person_id and s.stage = 'open')
      and exists (select from account a where a.bucket = l.bucket and a.person_id = l.person_id))
  and (l.bucket, l.person_id) > ($2, $3::uuid)`;

/** Ends sessions that nobody keeps alive. @returns how many */
export async function closeForgottenSessions(pool: Pool, nowMs: number, signal?: AbortSignal): Promise<number> {
  let closed = 0;
  let after: { bucket: number; personId: string } = { bucket: -1, personId: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    if (signal?.aborted) break;
    const page = await findLiveSessions(pool, candidate, [nowMs, after.bucket, after.personId], BATCH);
    const last = page.at(-1);
    if (!last) break;
    after = last;
    closed += await closePage(pool, page, nowMs);
  }
  return closed;
}

async function closePage(pool: Pool, page: readonly LiveSession[], nowMs: number): Promise<number> {
  const signedOut = await findSignedOut(pool, page);
  const endings = page.flatMap((session) => {
    const wish = whyOver(session, signedOut.has(session.personId), nowMs);
    return wish ? { before: session, wish } : [];
  });
  const planned = endings.map(({ before, wish }) => ({
    before,
    wish,
    after: advanceSession(untouched(before), wish, []),
  }));
  const overlaps = await findOverlaps(
    pool,
    planned.flatMap(({ before, after }) =>
      after.ledger.map((entry) => ({
        bucket: before.bucket,
        personId: before.personId,
        sessionId: before.sessionId,
        fromMs: entry.startedAtMs,
        toMs: entry.endedAtMs,
      })),
    ),
  );
  const changes = planned.map(({ before, wish, after }) => {
    const others = overlaps.get(before.personId);
    return { before, after: others ? advanceSession(untouched(before), wish, others) : after };
  });
  return (await writeChanges(pool, changes)).size;
}

/** The end that a session has come to, or null if it goes on. */
function whyOver(session: LiveSession, isSignedOut: boolean, nowMs: number): Wish | null {
  const wanted: EndReason = isSignedOut ? 'signed-out' : 'vanished';
  const wish = endingOf(session, wanted, nowMs, SILENCE_MARGIN_MS);
  if (wish.type !== 'end') return null;
  if (isSignedOut || wish.reason !== wanted || wish.atMs < nowMs) return wish;
  const { state } = session;
  return !earns(state) && nowMs - state.presenceAtMs > IDLE_MS ? wish : null;
}

/** People with an account and no open login left: signing out ends the study session too. */
async function findSignedOut(pool: Pool, page: readonly LiveSession[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ person_id: string }>(
    `select a.person_id
     from account a join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, person_id) using (bucket, person_id)
     where not exists (
       select from login_session s where s.bucket = a.bucket and s.account_id = a.id and s.stage = 'open')`,
    [page.map((one) => one.bucket), page.map((one) => one.personId)],
  );
  return new Set(rows.map((row) => row.person_id));
}
