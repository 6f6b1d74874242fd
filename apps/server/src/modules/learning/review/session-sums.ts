import { countOfSession, type Interval, type LedgerMove, lengthOf, subtract, unite, voidedOf } from '@antu/domain';
import type { Queryable } from '../../../platform/database/pool.ts';
import { UNDECIDED } from './awaited-hours.ts';
import { stretchesOf } from './session-hours.ts';

/** What became of a session's hours after its end, whole seconds. */
export interface LaterSums {
  /** What decisions added to what the evidence credits; negative where they took back. */
  readonly movedSeconds: number;
  /** Taken back and not given back since. */
  readonly voidedSeconds: number;
  /** Waits for people to confirm who the learner was, and is not counted by another way. */
  readonly awaitingSeconds: number;
  /** Waits for the quiz of the lesson alone, and is not counted by another way. */
  readonly quizSeconds: number;
  /** Of `movedSeconds`, what a passed quiz added. */
  readonly quizMovedSeconds: number;
  /** Was refused by people, and not given back since. */
  readonly deniedSeconds: number;
}

export const nothingLater: LaterSums = {
  movedSeconds: 0,
  voidedSeconds: 0,
  awaitingSeconds: 0,
  quizSeconds: 0,
  quizMovedSeconds: 0,
  deniedSeconds: 0,
};

type Key = { readonly bucket: number; readonly id: string };

/** Sums of sessions that anything was decided about or that hours wait for, by session; the others are left out. */
export async function readLaterSums(db: Queryable, sessions: readonly Key[]): Promise<Map<string, LaterSums>> {
  const [decided, waiting] = await Promise.all([readDecided(db, sessions), readWaiting(db, sessions)]);
  const moves = await readMoves(db, [...decided.values()]);
  const sums = new Map<string, LaterSums>();
  for (const id of new Set([...decided.keys(), ...waiting.keys()])) {
    const own = moves.get(id) ?? [];
    const count = countOfSession(own, id, decided.get(id)?.denied ?? []);
    sums.set(id, {
      movedSeconds: own.reduce((sum, move) => sum + (move.isDecision ? move.sign * lengthOf(move.media) : 0), 0),
      voidedSeconds: lengthOf(voidedOf(count)),
      awaitingSeconds: waiting.get(id)?.awaitingSeconds ?? 0,
      quizSeconds: waiting.get(id)?.quizSeconds ?? 0,
      quizMovedSeconds: decided.get(id)?.quizMovedSeconds ?? 0,
      deniedSeconds: lengthOf(subtract(count.denied, count.now)),
    });
  }
  return sums;
}

type Decided = { bucket: number; id: string; personId: string; denied: Interval[][]; quizMovedSeconds: number };

async function readDecided(db: Queryable, sessions: readonly Key[]): Promise<Map<string, Decided>> {
  const { rows } = await db.query<{
    bucket: number;
    session_id: string;
    person_id: string;
    kind: string;
    cause_kind: string;
    seconds: number;
    media: string;
  }>(
    `select d.bucket, d.session_id, d.person_id, d.kind, d.cause_kind, d.seconds, d.media::text as media from hour_decision d
       join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, session_id) using (bucket, session_id)`,
    [sessions.map((one) => one.bucket), sessions.map((one) => one.id)],
  );
  const decided = new Map<string, Decided>();
  for (const row of rows) {
    const known = decided.get(row.session_id);
    const nothing = {
      bucket: row.bucket,
      id: row.session_id,
      personId: row.person_id,
      denied: [],
      quizMovedSeconds: 0,
    };
    const one: Decided = known ?? nothing;
    if (row.kind === 'refuse') one.denied.push(stretchesOf(row.media));
    if (row.kind === 'award' && row.cause_kind === 'quiz') one.quizMovedSeconds += row.seconds;
    decided.set(row.session_id, one);
  }
  return decided;
}

async function readMoves(
  db: Queryable,
  sessions: readonly Decided[],
): Promise<Map<string, (LedgerMove & { isDecision: boolean })[]>> {
  if (sessions.length === 0) return new Map();
  const { rows } = await db.query<{
    session_id: string;
    media: string;
    credited_seconds: number;
    decision_id: string | null;
  }>(
    `select l.session_id, l.media::text as media, l.credited_seconds, l.decision_id from hour_ledger_entry l
       join unnest($1::smallint[], $2::uuid[], $3::uuid[]) as wanted (bucket, person_id, session_id)
         using (bucket, person_id, session_id)
     order by l.id`,
    [sessions.map((one) => one.bucket), sessions.map((one) => one.personId), sessions.map((one) => one.id)],
  );
  return Map.groupBy(
    rows.map((row) => ({
      sessionId: row.session_id,
      sign: row.credited_seconds < 0 ? (-1 as const) : (1 as const),
      media: stretchesOf(row.media),
      isDecision: row.decision_id !== null,
    })),
    (move) => move.sessionId,
  );
}

/** Seconds that wait, by session: each second of the media once, and none that counts by now. */
async function readWaiting(
  db: Queryable,
  sessions: readonly Key[],
): Promise<Map<string, Pick<LaterSums, 'awaitingSeconds' | 'quizSeconds'>>> {
  const { rows } = await db.query<{
    session_id: string;
    check_id: string | null;
    media: string;
    viewed: string | null;
  }>(
    `select w.session_id, w.identity_check_id as check_id, w.media::text as media, p.viewed::text as viewed from hour_awaiting w
       join unnest($1::smallint[], $2::uuid[]) as wanted (bucket, session_id) using (bucket, session_id)
       left join lesson_progress p on p.bucket = w.bucket and p.person_id = w.person_id and p.lesson_version_id = w.lesson_version_id
     where ${UNDECIDED}`,
    [sessions.map((one) => one.bucket), sessions.map((one) => one.id)],
  );
  const bySession = Map.groupBy(rows, (row) => row.session_id);
  return new Map(
    [...bySession].map(([id, waiting]) => {
      const counted = stretchesOf(waiting[0]?.viewed ?? '{}');
      const of = (isForPeople: boolean) =>
        unite(...waiting.filter((row) => (row.check_id !== null) === isForPeople).map((row) => stretchesOf(row.media)));
      const people = of(true);
      const awaitingSeconds = lengthOf(subtract(people, counted));
      return [id, { awaitingSeconds, quizSeconds: lengthOf(subtract(of(false), unite(counted, people))) }];
    }),
  );
}
