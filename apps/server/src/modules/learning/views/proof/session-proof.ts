import type { Activity, EvidenceRow, Replay } from '@antu/domain';
import { bucketOf, getStudyRuleSet } from '@antu/domain';
import type { SessionProof } from '@antu/contract';
import type { Queryable } from '../../../../platform/database/pool.ts';
import { AppError } from '../../../../platform/errors.ts';
import type { RouteContext } from '../../../../platform/http/route.ts';
import { recordAudit } from '../../../audit/index.ts';
import { findPersonName } from '../../../people/index.ts';
import { findDecisions, presentDecisions } from '../../review/decision-views.ts';
import { requireSessionInReach } from '../session-scope.ts';
import { type JudgedRow, judgeSessions, SELECT_SESSION, type SessionRow, summaryOf } from '../sessions.ts';
import { maskAddress, wordsOf } from './evidence-words.ts';
import { readIdentityOfSession } from './identity-of-session.ts';
import { activitiesBefore } from './judge-session.ts';
import { afterDecisions } from './later-sums.ts';
import type { ProblemsOfVerdicts } from './report-words.ts';
import { type LedgerRow, readLedger } from './session-evidence.ts';
import { findBrokenRow } from './stored-evidence.ts';

type Ctx = RouteContext<'evidence.read'>;

/** Everything that the proof page draws, recomputed from the evidence at this moment. */
export async function readSessionProof(ctx: Ctx, sessionId: string): Promise<SessionProof> {
  const { pool, platform } = ctx;
  const session = { bucket: bucketOf(sessionId), id: sessionId };
  await requireSessionInReach(pool, ctx.actor, 'evidence.read', session);
  const judged = await judgeOne(pool, session);
  const { row } = judged;
  const until = judged.judged?.untilMs ?? row.opened_at.getTime();
  const [person, place, ledger, others, lessonCreditedSeconds, { identity, problems }] = await Promise.all([
    findPersonName(pool, platform.keys, row.person_id),
    readPlace(pool, row),
    readLedger(pool, row),
    findOverlapping(pool, row, until),
    readLessonCredit(pool, row),
    readIdentityOfSession(pool, sessionId, judged.judged),
  ]);
  await recordAudit(pool, ctx, {
    action: 'learning.proof-read',
    object: { kind: 'person', id: row.person_id },
    detail: { sessionId },
  });
  const sums = judged.judged?.sums;
  const now = sums && afterDecisions(sums, judged.later);
  const decisions = (await findDecisions(pool, [session])).get(sessionId) ?? [];
  return {
    session: summaryOf(judged),
    person: {
      id: row.person_id,
      nameMasked: person?.nameMasked ?? '—',
      idNumberMasked: person?.idNumberMasked ?? '—',
    },
    ...place,
    lesson: { titleZh: row.lesson_title_zh, durationMs: row.duration_ms, position: row.position },
    ruleSet: {
      id: row.rule_set_id,
      studyHourSeconds: getStudyRuleSet(row.rule_set_id).limits.studyHourSeconds.value,
    },
    address: maskAddress(row.address),
    totalSeconds: now?.totalSeconds ?? 0,
    creditedSeconds: now?.creditedSeconds ?? 0,
    notCreditedSeconds: now?.notCreditedSeconds ?? 0,
    byReason: [...(now?.byReason ?? [])],
    lessonCreditedSeconds,
    stretches: [...(sums?.stretches ?? [])],
    decisions: await presentDecisions(platform, pool, decisions),
    ...reportsOf(judged.judged?.replay),
    identity,
    otherSessions: others,
    evidence: describeEvidence(judged, problems),
    check: checkOf(judged, ledger, ctx.now()),
  };
}

async function judgeOne(db: Queryable, session: { bucket: number; id: string }): Promise<JudgedRow> {
  const { rows } = await db.query<SessionRow>(`${SELECT_SESSION} where s.bucket = $1 and s.id = $2`, [
    session.bucket,
    session.id,
  ]);
  const [judged] = await judgeSessions(db, rows);
  if (!judged) throw new AppError('study.session_not_found', { sessionId: session.id });
  return judged;
}

async function readPlace(db: Queryable, row: SessionRow): Promise<Pick<SessionProof, 'organisation' | 'regionPath'>> {
  const { rows } = await db.query<{ organisation: SessionProof['organisation']; path: SessionProof['regionPath'] }>(
    `select (select json_build_object('id', id, 'name', name) from organisation where id = $1) as organisation,
       (select coalesce(json_agg(json_build_object('code', a.code, 'name', a.name) order by length(a.path)), '[]')
        from region own join region a on own.path like a.path || '%' where own.code = $2) as path`,
    [row.organisation_id, row.region_code],
  );
  return { organisation: rows[0]?.organisation ?? null, regionPath: rows[0]?.path ?? [] };
}

/** Sessions of the person that overlap this one in time, or began at the moment that ended it. */
async function findOverlapping(
  db: Queryable,
  row: SessionRow,
  untilMs: number,
): Promise<SessionProof['otherSessions']> {
  const { rows } = await db.query<SessionRow>(
    `${SELECT_SESSION} where s.bucket = $1 and s.person_id = $2 and s.id <> $3
       and s.opened_at between $4::timestamptz - interval '1 day' and $5::timestamptz + interval '2 seconds' order by s.id`,
    [row.bucket, row.person_id, row.id, row.opened_at, new Date(untilMs)],
  );
  const judged = await judgeSessions(db, rows);
  return judged
    .filter((one) => (one.judged?.untilMs ?? one.row.opened_at.getTime()) >= row.opened_at.getTime() - 2_000)
    .map((one) => ({
      sessionId: one.row.id,
      from: one.row.opened_at.toISOString(),
      to: summaryOf(one).endedAt,
      deviceKind: one.row.device_kind,
      deviceName: one.row.device_name,
    }));
}

async function readLessonCredit(db: Queryable, row: SessionRow): Promise<number> {
  const { rows } = await db.query<{ credited: number }>(
    'select credited_seconds as credited from lesson_progress where bucket = $1 and person_id = $2 and lesson_version_id = $3',
    [row.bucket, row.person_id, row.lesson_version_id],
  );
  return rows[0]?.credited ?? 0;
}

function reportsOf(replay: Replay | undefined): Pick<SessionProof, 'beats' | 'prompts'> {
  const rows = replay?.rows ?? [];
  const beats = rows
    .flatMap((row) => row.beats)
    .map(({ atMs, mediaMs, activity, touched, answered, late }) => {
      return { at: new Date(atMs).toISOString(), mediaMs, activity, touched, answered, late };
    });
  const prompts: { askedAt: string; answeredAt: string | null }[] = [];
  for (const effect of rows.flatMap((row) => row.effects)) {
    if (effect.type === 'prompt') prompts.push({ askedAt: new Date(effect.atMs).toISOString(), answeredAt: null });
    const open = prompts.at(-1);
    if (effect.type === 'presence' && open) open.answeredAt ??= new Date(effect.atMs).toISOString();
  }
  return { beats, prompts };
}

function describeEvidence({ evidence, judged }: JudgedRow, problems: ProblemsOfVerdicts): SessionProof['evidence'] {
  const before: readonly Activity[] = judged ? activitiesBefore(judged.replay) : [];
  return evidence.map((row) => {
    const replayed = judged?.replay.rows[row.index];
    return {
      index: row.index,
      at: new Date(row.recordedAtMs).toISOString(),
      kind: row.fact.kind,
      ...wordsOf(row, replayed, before[row.index] ?? 'paused', problems),
      creditedSeconds: replayed?.creditedSeconds ?? 0,
      hash: row.hash,
    };
  });
}

/**
 * Whether the chain holds, and whether the stored ledger is exactly what the rules make of the evidence and the decisions say
 * over it.
 */
function checkOf({ row, evidence, judged }: JudgedRow, ledger: readonly LedgerRow[], now: Date): SessionProof['check'] {
  const firstBad = findBrokenRow(evidence);
  // The open reports of a running session rest on no row yet: the ledger holds nothing of them.
  const recomputed = (judged?.replay.rows ?? []).filter(
    (one) => one.creditedSeconds > 0 && one.index < evidence.length,
  );
  const studied = ledger.filter((entry) => entry.decisionId === null);
  const same =
    judged !== null &&
    recomputed.length === studied.length &&
    ledger.every((entry) => entry.hashOk) &&
    recomputed.every((one, at) => {
      const stored = studied[at];
      return (
        stored?.evidenceIndex === one.index &&
        stored.creditedSeconds === one.creditedSeconds &&
        JSON.stringify(stored.mediaMs) === JSON.stringify(one.credited.map(({ from, to }) => [from, to]))
      );
    });
  return {
    chainOk: evidence.length > 0 && firstBad === null && namesItself(row, evidence),
    recomputedOk: same,
    recomputedSeconds: recomputed.reduce((sum, one) => sum + one.creditedSeconds, 0),
    firstBadIndex: firstBad,
    tailHash: evidence.at(-1)?.hash ?? '',
    checkedAt: now.toISOString(),
    live: row.open_beats !== null,
  };
}

/** The chain must be about the person and lesson of the session's row: a whole chain could be put elsewhere. */
function namesItself(row: SessionRow, evidence: readonly EvidenceRow[]): boolean {
  const first = evidence[0]?.fact;
  return (
    first?.kind === 'opened' && first.personId === row.person_id && first.lessonVersionId === row.lesson_version_id
  );
}
